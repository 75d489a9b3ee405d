// Bleeding, healing and rest.
import {
  bleedingMinutes,
  healingHours,
  healingTargetNumbers,
  stunMinutes,
} from '../../../shared/world/tabletop/healing.ts'
import { levelBoxes, trackBoxes } from '../../../shared/world/tabletop/damage-levels.ts'
import { rulePart } from './breakdown.ts'
import { conditionOf, injuryOf, withDamage } from './condition.ts'
import { moveLevel } from './damage.ts'
import { attributeOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { stagedTime } from './opposed-test.ts'
import { rollTest, type Roll } from './roll.ts'
import { RuleError, wholeNumber } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'
import { targetNumberOf, type TargetNumber } from './target-number.ts'

/** The state after minutes without help: a dying character loses a box every ten minutes until dead. */
export function bleed(sheet: Sheet, state: CharacterState, minutes: number): CharacterState {
  wholeNumber('minutes', minutes, 0, 1_000_000)
  if (conditionOf(sheet, state) !== 'dying') return state
  const untilDeath = trackBoxes + attributeOf(sheet, 'body') + 1 - state.physical
  return withDamage(state, 'physical', Math.min(untilDeath, Math.floor(minutes / bleedingMinutes.value)))
}

export interface Recovery {
  roll: Roll
  targetNumber: TargetNumber
  /** Null if the test failed: nothing heals. Hours of physical healing, minutes of rest. */
  time: number | null
  unit: 'hours' | 'minutes'
  state: CharacterState
}

function injuryLevel(field: 'physical' | 'stun', boxes: number) {
  const level = injuryOf(boxes)
  if (level === null) throw new RuleError(field, 'there is nothing to heal')
  return level
}

/** Heals physical damage to the highest box of the next lower level; the time is the base time by successes. */
export function heal(source: DiceSource, sheet: Sheet, state: CharacterState): Recovery {
  const level = injuryLevel('physical', state.physical)
  if (conditionOf(sheet, state) === 'dead') throw new RuleError('physical', `${sheet.name} is dead`)
  const targetNumber = targetNumberOf([rulePart(`injury: ${level}`, healingTargetNumbers[level])])
  const roll = rollTest(source.next(), attributeOf(sheet, 'body'), targetNumber.value)
  const unit = 'hours'
  if (roll.successes === 0) return { roll, targetNumber, time: null, unit, state }
  const lower = moveLevel(level, -1)
  const physical = lower === 'none' ? 0 : levelBoxes[level] - 1
  return {
    roll,
    targetNumber,
    time: stagedTime(healingHours[level].value, roll.successes),
    unit,
    state: { ...state, physical },
  }
}

/** Rest that removes one box of stun: an hour by successes. Body is rolled, or Willpower if it is higher. */
export function restFromStun(source: DiceSource, sheet: Sheet, state: CharacterState): Recovery {
  const level = injuryLevel('stun', state.stun)
  const targetNumber = targetNumberOf([rulePart(`injury: ${level}`, healingTargetNumbers[level])])
  const dice = Math.max(attributeOf(sheet, 'body'), attributeOf(sheet, 'willpower'))
  const roll = rollTest(source.next(), dice, targetNumber.value)
  const unit = 'minutes'
  if (roll.successes === 0) return { roll, targetNumber, time: null, unit, state }
  const rested = { ...state, stun: state.stun - 1 }
  return { roll, targetNumber, time: stagedTime(stunMinutes.value, roll.successes), unit, state: rested }
}
