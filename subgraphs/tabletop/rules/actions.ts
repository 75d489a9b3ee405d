// What a combatant has left of its action: attacks and spells take Simple Actions, or a Complex one.
import { actionCosts, simpleActionsPerPhase, type ActionKind } from '../../../shared/world/tabletop/actions.ts'
import type { InitiativeTracker, TrackedCombatant } from './initiative.ts'
import { RuleError } from './rule-error.ts'

const WORDS: Record<ActionKind, string> = {
  SS: 'A single shot',
  SA: 'A semi-automatic shot',
  BF: 'A burst',
  FA: 'Full automatic fire',
  melee: 'An exchange of blows',
  spell: 'A spell',
}

/** Simple Actions that a combatant has left in its action. */
export const simpleActionsLeft = (one: TrackedCombatant): number =>
  Math.max(0, simpleActionsPerPhase.value - one.simpleActionsUsed)

/**
 * A combatant uses a part of the action that it has.
 * @throws RuleError that says what is left, and the ways out
 */
export function useAction(tracker: InitiativeTracker, name: string, kind: ActionKind): InitiativeTracker {
  const cost = actionCosts[kind].value
  const combatants = tracker.combatants.map((one) => {
    if (one.name !== name) return one
    const left = simpleActionsLeft(one)
    if (cost > left) throw tooLate(name, kind, left)
    return { ...one, simpleActionsUsed: one.simpleActionsUsed + cost }
  })
  return { ...tracker, combatants }
}

function tooLate(name: string, kind: ActionKind, left: number): RuleError {
  const all = simpleActionsPerPhase.value
  const cost = actionCosts[kind].value
  const needed = cost === all ? 'a Complex Action' : 'a Simple Action'
  const has = left === 0 ? 'nothing of its action is left' : `${left} Simple Action is left`
  const way = 'It acts again in its next phase (/next). The game master can let it act with "out of turn"'
  return new RuleError('action', `${name}: ${has}. ${WORDS[kind]} is ${needed}. ${way} (out_of_turn: true)`)
}
