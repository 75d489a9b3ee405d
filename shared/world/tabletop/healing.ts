// Recovery from injuries. Target numbers are core (chapter after p. 112), base times of physical healing are not
// confirmed.
import { core, unconfirmed, type Fact } from './certainty.ts'

export type HealingLevel = 'L' | 'M' | 'S' | 'D'

/** What Body is rolled against, by the level of the injury. */
export const healingTargetNumbers: Readonly<Record<HealingLevel, Fact>> = {
  L: core(2, '113'),
  M: core(4, '113'),
  S: core(6, '113'),
  D: unconfirmed(8),
}

/** Hours until a physical injury is one level lower, divided by successes. */
export const healingHours: Readonly<Record<HealingLevel, Fact>> = {
  L: unconfirmed(24),
  M: unconfirmed(240),
  S: unconfirmed(480),
  D: unconfirmed(720),
}

/** Minutes of rest for one box of stun, divided by successes. */
export const stunMinutes: Fact = core(60, '113')

/** Minutes in which a dying character loses a further box. */
export const bleedingMinutes: Fact = core(10, '112')
