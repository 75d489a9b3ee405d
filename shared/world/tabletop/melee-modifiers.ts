// Melee (core p. 100).
import { core, type Fact } from './certainty.ts'

export const meleeModifiers = {
  targetNumber: core(4, '100'),
  /** For each point of reach more than the opponent, in favour of who has it. */
  reach: core(-1, '100'),
} as const satisfies Record<string, Fact>

/** Bare hands: Power is Strength, Stun. The level is not confirmed. */
export const unarmedDamage = '(Str)M Stun'
