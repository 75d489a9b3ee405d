// What a spell does to one of its targets (core p. 127-131).
import { levelBoxes, type DamageLevel } from '../../../shared/world/tabletop/damage-levels.ts'
import type { Spell } from '../../../shared/world/tabletop/spells.ts'
import { sheetPart, sumOf, type Part } from './breakdown.ts'
import { conditionOf, withDamage } from './condition.ts'
import { stageLevel } from './damage.ts'
import { attributeOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { limits } from './limits.ts'
import { rollTest, type Roll } from './roll.ts'
import { wholeNumber } from './rule-error.ts'
import { resistingAttribute, type SpellTarget } from './spell-target.ts'
import type { CharacterState } from './state.ts'
import type { TargetNumber } from './target-number.ts'

export interface SpellEffect {
  /** The character or thing. */
  target: string
  targetNumber: TargetNumber
  /** Dice of the spell's one roll that reach this target's number. */
  successes: number
  /** Null for spells without resistance and for things. */
  resistanceParts: Part[] | null
  resistance: Roll | null
  /** `none`: no success. `resisted`: the target had more. `effect`: at least as many as the target. */
  outcome: 'none' | 'resisted' | 'effect'
  netSuccesses: number
  /** Damage of a damaging spell; null for others. */
  level: DamageLevel | null
  boxes: number
  /** The character afterwards; null for a thing. */
  state: CharacterState | null
}

export interface CastRoll {
  spell: Spell
  force: number
  roll: Roll
}

function resist(source: DiceSource, { spell, force }: CastRoll, target: SpellTarget) {
  if (!spell.isResisted || 'object' in target) return { parts: null, roll: null }
  const attribute = resistingAttribute(spell)
  const parts = [sheetPart(attribute === 'body' ? 'Body' : 'Willpower', attributeOf(target.sheet, attribute))]
  const defence = wholeNumber('defenceDice', target.defenceDice ?? 0, 0, limits.rating)
  if (defence > 0) parts.push(sheetPart('spell defence', defence))
  return { parts, roll: rollTest(source.next(), sumOf(parts), force) }
}

/** A tie does the least there is, Light; more successes stage the spell's level up, two a level. */
const effectLevel = (spell: Spell, net: number): DamageLevel | null =>
  spell.damage === null ? null : net === 0 ? 'L' : stageLevel(spell.damage.level, net)

/** The effect on one target. It resists with the attribute that the spell works against, versus the Force. */
export function effectOn(
  source: DiceSource,
  cast: CastRoll,
  target: SpellTarget,
  targetNumber: TargetNumber,
): SpellEffect {
  const name = 'object' in target ? target.name : target.sheet.name
  const unchanged = 'object' in target ? null : target.state
  const successes = cast.roll.totals.filter((total) => total >= targetNumber.value).length
  const nothing = { netSuccesses: 0, level: null, boxes: 0, state: unchanged }
  const common = { target: name, targetNumber, successes }
  if (successes === 0) return { ...common, resistanceParts: null, resistance: null, outcome: 'none', ...nothing }
  const { parts: resistanceParts, roll: resistance } = resist(source, cast, target)
  const net = successes - (resistance?.successes ?? 0)
  if (net < 0) return { ...common, resistanceParts, resistance, outcome: 'resisted', ...nothing, netSuccesses: net }
  const level = effectLevel(cast.spell, net)
  const boxes = level === null ? 0 : levelBoxes[level]
  const isAlive = unchanged !== null && !('object' in target) && conditionOf(target.sheet, unchanged) !== 'dead'
  const state = isAlive && cast.spell.damage ? withDamage(unchanged, cast.spell.damage.kind, boxes) : unchanged
  return { ...common, resistanceParts, resistance, outcome: 'effect', netSuccesses: net, level, boxes, state }
}
