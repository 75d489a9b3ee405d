// A target resists damage (core p. 91): Body and dice of the Combat Pool against the Power that armour leaves.
import { levelBoxes, type DamageLevel } from '../../../shared/world/tabletop/damage-levels.ts'
import { sheetPart, type Part } from './breakdown.ts'
import { stageLevel, type Damage } from './damage.ts'
import type { DiceSource } from './dice-source.ts'
import { limits } from './limits.ts'
import { rollTest, type Roll } from './roll.ts'
import { wholeNumber } from './rule-error.ts'
import { targetNumberOf, type TargetNumber } from './target-number.ts'

export interface ResistanceDice {
  /** Body with augmentations. */
  body: number
  /** Dice of the Combat Pool; of these there is no limit but the pool. */
  pool: number
  /** Ballistic or impact armour, whichever the damage is resisted with. */
  armour: number
}

export interface ResistanceRolls {
  targetNumber: TargetNumber
  bodyRoll: Roll
  /** Rolled separately: these successes alone decide about a clean miss. */
  poolRoll: Roll
}

export interface Resistance extends ResistanceRolls {
  /** More successes of pool dice alone than the attacker has: nothing hits. */
  isCleanMiss: boolean
  /** The attacker's successes minus all of the target's. */
  netSuccesses: number
  level: DamageLevel
  boxes: number
}

/** Rolls Body and pool dice against what armour leaves of the Power. */
export function rollResistance(source: DiceSource, power: number, dice: ResistanceDice): ResistanceRolls {
  const armour = wholeNumber('armour', dice.armour, 0, limits.rating)
  const parts: Part[] = [{ name: 'Power', value: power, source: 'damage code', certainty: 'core' }]
  if (armour > 0) parts.push(sheetPart('armour', -armour))
  const targetNumber = targetNumberOf(parts)
  const bodyRoll = rollTest(source.next(), dice.body, targetNumber.value)
  return { targetNumber, bodyRoll, poolRoll: rollTest(source.next(), dice.pool, targetNumber.value) }
}

/** Rolls the resistance against a ranged attack with at least one success, and stages the damage by net successes. */
export function resistDamage(
  source: DiceSource,
  damage: Damage,
  attackSuccesses: number,
  dice: ResistanceDice,
): Resistance {
  const rolls = rollResistance(source, damage.power, dice)
  const isCleanMiss = rolls.poolRoll.successes > attackSuccesses
  const netSuccesses = attackSuccesses - rolls.bodyRoll.successes - rolls.poolRoll.successes
  const level = isCleanMiss ? 'none' : stageLevel(damage.level, netSuccesses)
  return { ...rolls, isCleanMiss, netSuccesses, level, boxes: levelBoxes[level] }
}
