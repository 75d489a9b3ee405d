// The target number of a ranged attack (core p. 87-90).
import { rangeBands, rangeTables, rangeTargetNumbers, type RangeBand } from '../../../shared/world/tabletop/ranges.ts'
import { rangedModifiers as modifiers } from '../../../shared/world/tabletop/ranged-modifiers.ts'
import {
  visibilities,
  visibilityTable,
  type Vision,
  type Visibility,
  type VisibilityTable,
} from '../../../shared/world/tabletop/visibility.ts'
import { rulePart, type Part } from './breakdown.ts'
import { gameMasterParts, type GameMasterPart } from './game-master-parts.ts'
import { limits } from './limits.ts'
import { oneOf, wholeNumber } from './rule-error.ts'
import { targetNumberOf, type TargetNumber } from './target-number.ts'
import { movements, steadinessParts, type Movement, type Steadiness } from './steadiness.ts'
import type { RangedWeapon } from './weapon.ts'

/** The circumstances of a shot. Everything may be left out except distance and mode. */
export interface RangedSituation extends Steadiness {
  metres: number
  /** Left out: the target walks, which changes nothing. */
  targetMovement?: Movement
  hasPartialCover?: boolean
  /** The attacker does not see the target; visibility then does not count as well. */
  isBlind?: boolean
  /** Everything that impairs the view; only the worst counts. */
  visibility?: Visibility[]
  /** Targets attacked before this one in the same phase. */
  extraTargets?: number
  /** Opponents who are in melee with the attacker. */
  meleeOpponents?: number
  /** The attacker fires a weapon in each hand. */
  hasSecondWeapon?: boolean
  /** Simple Actions spent on aiming. */
  aimActions?: number
  isCalledShot?: boolean
  /** Modifiers of the game master, listed with the others. */
  gameMaster?: GameMasterPart[]
}

/** Who shoots, as far as the target number needs it. */
export interface Shooter {
  strength: number
  vision: Vision
  /** The skill that is rolled; aiming helps up to half of it. */
  skill: number
  /** Parts that follow from the shooter: injuries, sustained spells, a missing skill. */
  parts: Part[]
}

/** The range band of a distance, or why there is none. Optics bring it nearer, but not what is beyond extreme range. */
export function rangeBandOf(
  weapon: Pick<RangedWeapon, 'weaponClass' | 'magnification'>,
  metres: number,
  strength: number,
): RangeBand | 'out of range' | 'too near' {
  wholeNumber('metres', metres, 0, limits.metres)
  const table = rangeTables[weapon.weaponClass]
  if (metres < (table.minimum ?? 0)) return 'too near'
  const at = table.limits.findIndex((limit, n) => metres <= limit * (table.perStrength?.[n] ? strength : 1))
  return at < 0 ? 'out of range' : rangeBands[Math.max(0, at - weapon.magnification)]!
}

/** The worst of the conditions for these eyes, or blind fire; no part if nothing impairs them. */
export function visibilityParts(
  conditions: readonly Visibility[],
  vision: Vision,
  table: VisibilityTable = visibilityTable,
): Part[] {
  const parts = conditions.map((condition): Part => {
    const row = table[oneOf('visibility', condition, visibilities)]
    const { certainty, source } = row
    return { name: `visibility: ${condition}, ${vision}`, value: row.modifiers[vision], source, certainty }
  })
  const worst = Math.max(0, ...parts.map((part) => part.value))
  return worst === 0 ? [] : [parts.find((part) => part.value === worst)!]
}

function sightParts(weapon: RangedWeapon, situation: RangedSituation): Part[] {
  // A second weapon leaves no hand and no eye for the sight of either.
  if (situation.hasSecondWeapon) return [rulePart('second weapon', modifiers.secondWeapon)]
  if (weapon.sight === 'smartlink') return [rulePart('smartlink', modifiers.smartlink)]
  if (weapon.sight === 'smart goggles') return [rulePart('smart goggles', modifiers.smartGoggles)]
  return weapon.sight === 'laser' ? [rulePart('laser sight', modifiers.laserSight)] : []
}

function targetParts(situation: RangedSituation): Part[] {
  const { targetMovement = 'walking', extraTargets = 0, meleeOpponents = 0 } = situation
  oneOf('targetMovement', targetMovement, movements)
  wholeNumber('extraTargets', extraTargets, 0, limits.rating)
  wholeNumber('meleeOpponents', meleeOpponents, 0, limits.rating)
  const parts: Part[] = []
  if (targetMovement === 'running') parts.push(rulePart('target running', modifiers.targetRunning))
  if (targetMovement === 'still') parts.push(rulePart('target stationary', modifiers.targetStationary))
  if (situation.hasPartialCover) parts.push(rulePart('partial cover', modifiers.partialCover))
  if (extraTargets > 0) parts.push(rulePart('extra targets', modifiers.extraTarget, extraTargets))
  if (meleeOpponents > 0) parts.push(rulePart('attacker in melee', modifiers.meleeOpponent, meleeOpponents))
  if (situation.isCalledShot) parts.push(rulePart('called shot', modifiers.calledShot))
  return parts
}

function aimParts(aimActions: number, skill: number): Part[] {
  const helpful = Math.min(wholeNumber('aimActions', aimActions, 0, limits.rating), Math.floor(skill / 2))
  return helpful > 0 ? [rulePart('aim', modifiers.aimPerSimpleAction, helpful)] : []
}

/**
 * The target number of a shot with every part that it consists of, or why the weapon does not reach. The game
 * master's own visibility table may replace ours. A RuleError for circumstances that do not exist.
 */
export function rangedTargetNumber(
  weapon: RangedWeapon,
  shooter: Shooter,
  situation: RangedSituation,
  table: VisibilityTable = visibilityTable,
): (TargetNumber & { band: RangeBand }) | 'out of range' | 'too near' {
  const band = rangeBandOf(weapon, situation.metres, shooter.strength)
  if (band === 'out of range' || band === 'too near') return band
  const parts = [
    rulePart(`range: ${band}`, rangeTargetNumbers[band]),
    ...steadinessParts(weapon, situation),
    ...targetParts(situation),
    ...(situation.isBlind
      ? [rulePart('blind fire', modifiers.blindFire)]
      : visibilityParts(situation.visibility ?? [], shooter.vision, table)),
    ...sightParts(weapon, situation),
    ...aimParts(situation.aimActions ?? 0, shooter.skill),
    ...shooter.parts,
    ...gameMasterParts(situation.gameMaster),
  ]
  return { ...targetNumberOf(parts), band }
}
