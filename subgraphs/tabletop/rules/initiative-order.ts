// Playing a fight phase by phase: who acts now, who waits, and what changes of characters do to the order.
import type { DiceSource } from './dice-source.ts'
import {
  beginTurn,
  delayAction,
  endDelay,
  initiativeOf,
  nextPhase,
  takeAction,
  updateInjury,
  type Fighter,
  type InitiativeTracker,
  type TrackedCombatant,
  freshAction,
} from './initiative.ts'
import { RuleError } from './rule-error.ts'
import type { CharacterState } from './state.ts'

/** A new turn with the order of the last one: nobody rolls. Actions that were waited with are lost. */
export const repeatTurn = (tracker: InitiativeTracker): InitiativeTracker => ({
  turn: tracker.turn + 1,
  phase: null,
  acting: [],
  combatants: tracker.combatants.map((one) => ({
    ...one,
    ...{ passesTaken: 0, ...freshAction(), isDelayed: false },
  })),
})

/** A new turn in which all who are in the fight roll again. */
export function rerollTurn(
  source: DiceSource,
  tracker: InitiativeTracker,
  fighters: readonly Fighter[],
): InitiativeTracker {
  const fighting = fighters.filter(({ sheet }) => tracker.combatants.some((one) => one.name === sheet.name))
  return beginTurn(source, fighting, tracker.turn + 1)
}

/**
 * The next actors begin their action: one, or several at the same time.
 * @param newTurn gives the order of the turn after this one; called if nobody has an action left
 * @throws RuleError if nobody can act even then
 */
export function advance(
  tracker: InitiativeTracker,
  newTurn: () => InitiativeTracker,
): { tracker: InitiativeTracker; isNewTurn: boolean } {
  const isNewTurn = nextPhase(tracker) === null
  const playing = isNewTurn ? newTurn() : tracker
  const group = nextPhase(playing)?.resolve[0]
  if (!group) throw new RuleError('initiative', 'nobody in this fight can act')
  return { tracker: { ...group.reduce(takeAction, playing), acting: group }, isNewTurn }
}

/** Somebody who acts now waits with the action. */
export function delay(tracker: InitiativeTracker, name: string): InitiativeTracker {
  if (!tracker.acting.includes(name)) throw new RuleError('combatant', `${name} does not act now`)
  const given = tracker.combatants.map((one) =>
    one.name === name ? { ...one, passesTaken: one.passesTaken - 1 } : one,
  )
  const acting = tracker.acting.filter((one) => one !== name)
  return { ...delayAction({ ...tracker, combatants: given }, name), acting }
}

/** Somebody who waited acts now, in addition to those who act: nobody loses an action. */
export const actAfterDelay = (tracker: InitiativeTracker, name: string): InitiativeTracker => ({
  ...endDelay(tracker, name),
  acting: [name, ...tracker.acting],
})

/** A combatant is called something else from now on. */
export const renameCombatant = (tracker: InitiativeTracker, from: string, to: string): InitiativeTracker => ({
  ...tracker,
  acting: tracker.acting.map((name) => (name === from ? to : name)),
  combatants: tracker.combatants.map((one) => ({
    ...one,
    name: one.name === from ? to : one.name,
    shots: one.shots.map((shot) => (shot.target === from ? { ...shot, target: to } : shot)),
  })),
})

/** Dice of the pools that an action refreshes. Karma is none of them. */
const spentBy = ({ poolsSpent: { combat, magic, hacking, control } }: CharacterState) =>
  combat + magic + hacking + control

/**
 * The order after characters changed: injuries count at once, and somebody who spends pool dice while waiting gives
 * up the action that they waited with.
 */
export function orderAfter(
  tracker: InitiativeTracker,
  changes: readonly { before: CharacterState; after: Fighter }[],
): InitiativeTracker {
  return changes.reduce((order, { before, after }) => {
    const one = order.combatants.find(({ name }) => name === after.sheet.name)
    if (!one) return order
    const injured = updateInjury(order, after)
    return one.isDelayed && spentBy(after.state) > spentBy(before) ? endDelay(injured, one.name) : injured
  }, tracker)
}

/** Combatants in the order in which they act in a turn: the highest initiative first, then the higher Reaction. */
export const inOrder = (tracker: InitiativeTracker): TrackedCombatant[] =>
  tracker.combatants.toSorted(
    (a, b) =>
      initiativeOf(b) - initiativeOf(a) ||
      b.adjustedReaction - a.adjustedReaction ||
      b.naturalReaction - a.naturalReaction,
  )
