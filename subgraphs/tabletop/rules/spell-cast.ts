// Sorcery (core p. 127-132): the spell test, its effects and the drain.
import { spells, type Spell } from '../../../shared/world/tabletop/spells.ts'
import type { VisibilityTable } from '../../../shared/world/tabletop/visibility.ts'
import { sheetPart, sumOf, type Part } from './breakdown.ts'
import { mustBeAble } from './combatant.ts'
import { conditionOf, injuryParts, withDamage } from './condition.ts'
import type { DiceSource } from './dice-source.ts'
import { resistDrain, type Drain } from './drain.ts'
import { gameMasterParts, type GameMasterPart } from './game-master-parts.ts'
import { karmaDice } from './commit.ts'
import { takeFromPool, type PoolUse } from './pools.ts'
import { rollTest, type Roll } from './roll.ts'
import { RuleError, wholeNumber } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import { effectOn, type SpellEffect } from './spell-effect.ts'
import { targetParts, type SpellTarget } from './spell-target.ts'
import type { CharacterState } from './state.ts'
import { sustainingParts } from './sustaining.ts'
import { targetNumberOf } from './target-number.ts'

export interface Casting {
  caster: { sheet: Sheet; state: CharacterState }
  /** A spell of the caster's sheet, without regard to case. */
  spell: string
  /** At least 1 and at most the Force it was learned at. */
  force: number
  /** Dice of the Magic Pool for the spell test: at most the Magic attribute. */
  poolDice: number
  /** Dice of the Karma Pool for the spell test. */
  karmaDice?: number
  /** Dice of the Magic Pool for the drain: any that are left. */
  drainPoolDice: number
  /** One target; area spells up to 50. */
  targets: SpellTarget[]
  gameMaster?: GameMasterPart[]
  /** The game master's own table. */
  visibilityTable?: VisibilityTable
}

export interface CastingResult {
  spell: Spell
  force: number
  diceParts: Part[]
  pool: PoolUse
  /** One roll, against the highest target number; each target counts the dice that reach its own. */
  roll: Roll
  effects: SpellEffect[]
  /** Metres around the centre, for area spells; else null. */
  areaMetres: number | null
  drain: Drain
  /** The caster afterwards: pools, drain, spells sustained, and the spell's damage if it was cast at the caster too. */
  caster: CharacterState
}

const mostTargets = 50

/** The spell of a sheet at a Force. A RuleError if the caster has not learned it as high or has no magic. */
export function knownSpell(sheet: Sheet, name: string, force: number): Spell {
  const isNamed = (candidate: { name: string }) => candidate.name.toLowerCase() === name.toLowerCase()
  const known = sheet.spells.find(isNamed)
  if (sheet.magic < 1) throw new RuleError('caster', `${sheet.name} has no magic`)
  if (!known) throw new RuleError('spell', `${sheet.name} has not learned ${name.slice(0, 60)}`)
  wholeNumber('force', force, 1, known.force)
  const spell = spells.find(isNamed)
  if (!spell) throw new RuleError('spell', `the rules have no spell ${known.name}`)
  return spell
}

function targetNumbers(casting: Casting, spell: Spell) {
  const { sheet, state } = casting.caster
  const most = spell.isArea ? mostTargets : 1
  if (casting.targets.length < 1 || casting.targets.length > most)
    throw new RuleError('targets', `${spell.name} has 1 to ${most} targets`)
  const own = [...injuryParts(state), ...sustainingParts(state), ...gameMasterParts(casting.gameMaster)]
  return casting.targets.map((target) => {
    const parts = targetParts(spell, target, sheet.vision, casting.visibilityTable)
    return { target, targetNumber: targetNumberOf([...parts, ...own]) }
  })
}

/** The caster with the spell added to those sustained, if it lasts, worked on somebody, and the caster is able. */
function withSustained(casting: Casting, spell: Spell, effects: SpellEffect[], state: CharacterState): CharacterState {
  const targets = effects.filter((effect) => effect.outcome === 'effect').map((effect) => effect.target)
  const lasts = spell.duration === 'sustained' && targets.length > 0
  if (!lasts || conditionOf(casting.caster.sheet, state) !== 'able') return state
  return { ...state, sustained: [...state.sustained, { name: spell.name, force: casting.force, targets }] }
}

/**
 * Casts a spell: Force and pool dice against the target, resistance, damage or lasting effect, and drain, which is
 * resisted in any case. Uses one roll, one a target that resists, and one for the drain. A RuleError before any roll
 * if the caster cannot act, lacks the spell or Force, or the targets do not fit the spell.
 */
export function castSpell(source: DiceSource, casting: Casting): CastingResult {
  const { sheet, state } = casting.caster
  mustBeAble('caster', casting.caster)
  const { force } = casting
  const spell = knownSpell(sheet, casting.spell, force)
  const aimed = targetNumbers(casting, spell)
  const pool = takeFromPool(sheet, state, 'magic', casting.poolDice, { dice: sheet.magic, reason: 'Magic attribute' })
  wholeNumber('drainPoolDice', casting.drainPoolDice, 0, 100)
  const karma = karmaDice(sheet, pool.state, casting.karmaDice ?? 0, force)
  const poolParts = pool.used > 0 ? [sheetPart('Magic Pool', pool.used)] : []
  const diceParts = [sheetPart('Force', force), ...poolParts, ...karma.parts]
  const highest = Math.max(...aimed.map(({ targetNumber }) => targetNumber.value))
  const roll = rollTest(source.next(), sumOf(diceParts), highest)
  const effects = aimed.map(({ target, targetNumber }) =>
    effectOn(source, { spell, force, roll }, target, targetNumber),
  )
  const drained = { sheet, state: karma.use.state, poolDice: casting.drainPoolDice }
  const drain = resistDrain(source, drained, { spell, force, isDisaster: roll.isDisaster })
  const areaMetres = spell.isArea ? sheet.magic : null
  const own = effects.find((effect) => effect.target === sheet.name)
  const hurt = withDamage(drain.state, spell.damage?.kind ?? 'stun', own?.boxes ?? 0)
  const caster = withSustained(casting, spell, effects, hurt)
  const results = effects.map((effect) => (effect === own ? { ...effect, state: caster } : effect))
  return { spell, force, diceParts, pool, roll, effects: results, areaMetres, drain, caster }
}

/** The caster without a sustained spell: the first of that name. A RuleError if none is sustained. */
export function dropSpell(state: CharacterState, name: string): CharacterState {
  const at = state.sustained.findIndex((spell) => spell.name.toLowerCase() === name.toLowerCase())
  if (at < 0) throw new RuleError('spell', `${name.slice(0, 60)} is not sustained`)
  return { ...state, sustained: state.sustained.toSpliced(at, 1) }
}
