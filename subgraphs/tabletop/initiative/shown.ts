// A turn order as people see it.
import type { CharacterRow } from '../character/store.ts'
import { simpleActionsLeft } from '../rules/actions.ts'
import { inOrder } from '../rules/initiative-order.ts'
import { initiativeOf, nextPhase, nextPhaseOf, type InitiativeTracker } from '../rules/initiative.ts'

/** The order with ids of characters, and what follows from it. */
export function shownOrder(tracker: InitiativeTracker, characters: readonly Pick<CharacterRow, 'id' | 'name'>[]) {
  const idOf = (name: string) => characters.find((one) => one.name === name)?.id ?? null
  const next = nextPhase(tracker)?.resolve[0] ?? []
  return {
    turn: tracker.turn,
    phase: tracker.phase,
    acting: tracker.acting,
    next,
    combatants: inOrder(tracker).map((one) => ({
      name: one.name,
      characterId: idOf(one.name),
      initiative: initiativeOf(one),
      rolled: one.roll.result ?? 0,
      injury: one.injury,
      // What who has an action may still do.
      ...((tracker.acting.includes(one.name) || one.isDelayed) && { simpleActionsLeft: simpleActionsLeft(one) }),
      actionsTaken: one.passesTaken,
      nextPhase: nextPhaseOf(tracker, one),
      isAble: one.isAble,
      isDelayed: one.isDelayed,
      isActing: tracker.acting.includes(one.name),
      isNext: next.includes(one.name),
    })),
  }
}

export type ShownOrder = ReturnType<typeof shownOrder>
