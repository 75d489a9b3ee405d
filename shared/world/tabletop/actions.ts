// What may be done in one action of a turn order: a Complex Action, or two Simple Actions (core p. 78-80).
import { core, unconfirmed, type Fact } from './certainty.ts'

/** Simple Actions of one Combat Phase. */
export const simpleActionsPerPhase: Fact = core(2, '78-80')

/** How many Simple Actions an attack takes; a Complex Action takes all of them. */
export const actionCosts = {
  SS: unconfirmed(1),
  SA: unconfirmed(1),
  BF: unconfirmed(1),
  FA: unconfirmed(simpleActionsPerPhase.value),
  melee: unconfirmed(simpleActionsPerPhase.value),
  spell: unconfirmed(simpleActionsPerPhase.value),
} as const satisfies Record<string, Fact>

export type ActionKind = keyof typeof actionCosts
