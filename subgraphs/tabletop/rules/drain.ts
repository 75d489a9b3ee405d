// Drain (core p. 131): every spell costs its caster, whether it worked or not.
import { levelBoxes, type DamageKind, type DamageLevel } from '../../../shared/world/tabletop/damage-levels.ts'
import { spellRules } from '../../../shared/world/tabletop/spell-rules.ts'
import type { Spell } from '../../../shared/world/tabletop/spells.ts'
import { rulePart, sheetPart, sumOf, type Part } from './breakdown.ts'
import { withDamage } from './condition.ts'
import { stageLevel } from './damage.ts'
import { attributeOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { takeFromPool, type PoolUse } from './pools.ts'
import { rollTest, type Roll } from './roll.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'
import { targetNumberOf, type TargetNumber } from './target-number.ts'

export interface Drain {
  targetNumber: TargetNumber
  diceParts: Part[]
  pool: PoolUse
  roll: Roll
  /** What is left of the level after the resistance. */
  level: DamageLevel
  boxes: number
  /** Physical if the Force is above the caster's Magic. */
  kind: DamageKind
  /** The caster afterwards. */
  state: CharacterState
}

/** The target number of drain: half the Force rounded down, the spell's modifier, +2 after a disaster. */
export function drainTargetNumber(spell: Spell, force: number, isDisaster: boolean): TargetNumber {
  const { modifier } = spell.drain
  const source = spell.certainty === 'core' ? 'core p. 131' : 'not confirmed'
  const half: Part = {
    name: `half of Force ${force}`,
    value: Math.floor(force / 2),
    source: 'core p. 131',
    certainty: 'core',
  }
  const own: Part[] = modifier === 0 ? [] : [{ name: spell.name, value: modifier, source, certainty: spell.certainty }]
  const disaster = isDisaster ? [rulePart('disaster', spellRules.disasterDrain)] : []
  return targetNumberOf([half, ...own, ...disaster])
}

/** Resists drain with Willpower and any dice of the Magic Pool: two successes lower it by a level. */
export function resistDrain(
  source: DiceSource,
  caster: { sheet: Sheet; state: CharacterState; poolDice: number },
  cast: { spell: Spell; force: number; isDisaster: boolean },
): Drain {
  const { sheet, state } = caster
  const targetNumber = drainTargetNumber(cast.spell, cast.force, cast.isDisaster)
  const pool = takeFromPool(sheet, state, 'magic', caster.poolDice)
  const willpower = sheetPart('Willpower', attributeOf(sheet, 'willpower'))
  const diceParts = pool.used > 0 ? [willpower, sheetPart('Magic Pool', pool.used)] : [willpower]
  const roll = rollTest(source.next(), sumOf(diceParts), targetNumber.value)
  const level = stageLevel(cast.spell.drain.level, -roll.successes)
  const boxes = levelBoxes[level]
  const kind = cast.force > sheet.magic ? 'physical' : 'stun'
  return { targetNumber, diceParts, pool, roll, level, boxes, kind, state: withDamage(pool.state, kind, boxes) }
}
