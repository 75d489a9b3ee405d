// What a combatant has left of its action: attacks and spells take Simple Actions, or a Complex one.
import { actionCosts, simpleActionsPerPhase, type ActionKind } from '../../../shared/world/tabletop/actions.ts'
import type { FiredShot, InitiativeTracker, TrackedCombatant } from './initiative.ts'
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

/** Keeps what somebody who acts has fired, for the next shot of the same action. */
export const recordShot = (tracker: InitiativeTracker, name: string, shot: FiredShot): InitiativeTracker => ({
  ...tracker,
  combatants: tracker.combatants.map((one) => (one.name === name ? { ...one, shots: [...one.shots, shot] } : one)),
})

/**
 * What earlier shots of the action under way add to the next one: rounds of the same weapon, for recoil, and
 * how many others were shot at (core p. 89-90). Nothing outside a fight and for who neither acts nor waits.
 */
export function earlierShots(
  tracker: InitiativeTracker | null,
  name: string,
  next: Pick<FiredShot, 'weapon' | 'target'>,
): { earlierRounds?: number; extraTargets?: number } {
  // Who waits with the rest of an action shoots in it.
  const own = tracker?.combatants.find((one) => one.name === name)
  const shots = own && (own.isDelayed || tracker?.acting.includes(name)) ? own.shots : undefined
  const rounds = (shots ?? [])
    .filter(({ weapon }) => weapon === next.weapon)
    .reduce((sum, shot) => sum + shot.rounds, 0)
  const others = new Set((shots ?? []).map(({ target }) => target).filter((target) => target !== next.target)).size
  return { ...(rounds > 0 && { earlierRounds: rounds }), ...(others > 0 && { extraTargets: others }) }
}

function tooLate(name: string, kind: ActionKind, left: number): RuleError {
  const all = simpleActionsPerPhase.value
  const cost = actionCosts[kind].value
  const needed = cost === all ? 'a Complex Action' : 'a Simple Action'
  const has = left === 0 ? 'nothing of its action is left' : `${left} Simple Action is left`
  const way = 'It acts again in its next phase (/next). The game master can let it act with "out of turn"'
  return new RuleError('action', `${name}: ${has}. ${WORDS[kind]} is ${needed}. ${way} (out_of_turn: true)`)
}
