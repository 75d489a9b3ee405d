// Initiative of one turn (core p. 78-80): who acts when. A tracker is plain data; it can be stored and read again.
import { sumOf } from './breakdown.ts'
import { conditionOf, injuryParts } from './condition.ts'
import { reactionOf } from './derived.ts'
import type { DiceSource } from './dice-source.ts'
import { rollSum, type Roll } from './roll.ts'
import { RuleError } from './rule-error.ts'
import type { Sheet } from './sheet.ts'
import type { CharacterState } from './state.ts'

/** Phases between two actions of a combatant. */
export const phasesPerPass = 10

export interface FiredShot {
  weapon: string
  target: string
  rounds: number
}

/** An action that begins: nothing of it is used. */
export const freshAction = () => ({ simpleActionsUsed: 0, shots: [] as FiredShot[] })

export interface TrackedCombatant {
  name: string
  adjustedReaction: number
  naturalReaction: number
  roll: Roll
  /** Subtracted from initiative; follows injuries at once. */
  injury: number
  isAble: boolean
  /** Actions taken or given up in this turn. */
  passesTaken: number
  /** Simple Actions used of the newest action; a Complex Action uses all. */
  simpleActionsUsed: number
  /** What it fired in that action: recoil and further targets count for the next shot of it. */
  shots: FiredShot[]
  /** Waits with an action that it may take at any later phase. */
  isDelayed: boolean
}

export interface InitiativeTracker {
  /** From 1. */
  turn: number
  /** The phase that is being played; null before the first. */
  phase: number | null
  /** Names of who acts now: several if they act at the same time, none before the first action and between two. */
  acting: string[]
  combatants: TrackedCombatant[]
}

export interface Fighter {
  sheet: Sheet
  state: CharacterState
}

const injuryOf = (state: CharacterState) => sumOf(injuryParts(state))

/** The initiative of a combatant: adjusted Reaction, dice and injuries. */
export const initiativeOf = (one: TrackedCombatant): number =>
  one.adjustedReaction + (one.roll.result ?? 0) - one.injury

function tracked(source: DiceSource, { sheet, state }: Fighter): TrackedCombatant {
  const reaction = reactionOf(sheet)
  return {
    name: sheet.name,
    adjustedReaction: reaction.adjusted,
    naturalReaction: reaction.natural,
    roll: rollSum(source.next(), sheet.initiativeDice),
    injury: injuryOf(state),
    isAble: conditionOf(sheet, state) === 'able',
    passesTaken: 0,
    ...freshAction(),
    isDelayed: false,
  }
}

function changed(
  tracker: InitiativeTracker,
  name: string,
  change: (one: TrackedCombatant) => TrackedCombatant,
): InitiativeTracker {
  if (!tracker.combatants.some((one) => one.name === name))
    throw new RuleError('combatant', `${name.slice(0, 60)} is not in this fight`)
  return { ...tracker, combatants: tracker.combatants.map((one) => (one.name === name ? change(one) : one)) }
}

/** A new turn: everyone rolls. Names must differ. */
export function beginTurn(source: DiceSource, fighters: readonly Fighter[], turn = 1): InitiativeTracker {
  const empty: InitiativeTracker = { turn, phase: null, acting: [], combatants: [] }
  return fighters.reduce((tracker, fighter) => addCombatant(source, tracker, fighter), empty)
}

/** Somebody joins: only they roll. Passes above the phase that is being played are lost. */
export function addCombatant(source: DiceSource, tracker: InitiativeTracker, fighter: Fighter): InitiativeTracker {
  const { name } = fighter.sheet
  if (tracker.combatants.some((one) => one.name === name))
    throw new RuleError('combatant', `${name} is already in this fight`)
  const one = tracked(source, fighter)
  const above = tracker.phase === null ? 0 : Math.ceil((initiativeOf(one) - tracker.phase) / phasesPerPass)
  return { ...tracker, combatants: [...tracker.combatants, { ...one, passesTaken: Math.max(0, above) }] }
}

/** Somebody leaves; nobody else changes. */
export function removeCombatant(tracker: InitiativeTracker, name: string): InitiativeTracker {
  const without = changed(tracker, name, (one) => one)
  const others = { ...without, acting: tracker.acting.filter((one) => one !== name) }
  return { ...others, combatants: tracker.combatants.filter((one) => one.name !== name) }
}

/** Injuries of a combatant change its initiative at once, without a new roll. */
export function updateInjury(tracker: InitiativeTracker, { sheet, state }: Fighter): InitiativeTracker {
  const isAble = conditionOf(sheet, state) === 'able'
  return changed(tracker, sheet.name, (one) => ({ ...one, injury: injuryOf(state), isAble }))
}

/** The phase of a combatant's next action in this turn; null if it has none, cannot act, or waits. */
export function nextPhaseOf(tracker: InitiativeTracker, one: TrackedCombatant): number | null {
  const phase = initiativeOf(one) - phasesPerPass * one.passesTaken
  if (!one.isAble || one.isDelayed || phase < 1) return null
  return tracker.phase === null ? phase : Math.min(phase, tracker.phase)
}

export interface Phase {
  phase: number
  /** Who declares first: the slowest. */
  declare: string[]
  /** Who acts first: the fastest. Names in one group act at the same time. */
  resolve: string[][]
}

const fastestFirst = (a: TrackedCombatant, b: TrackedCombatant) =>
  b.adjustedReaction - a.adjustedReaction || b.naturalReaction - a.naturalReaction

/** The next phase in which anybody acts; adjusted, then natural Reaction decide ties. Null: the turn is over. */
export function nextPhase(tracker: InitiativeTracker): Phase | null {
  const phases = tracker.combatants.map((one) => nextPhaseOf(tracker, one) ?? 0)
  const phase = Math.max(0, ...phases)
  if (phase === 0) return null
  const acting = tracker.combatants.filter((_, n) => phases[n] === phase).sort(fastestFirst)
  const resolve: string[][] = []
  acting.forEach((one, n) => {
    if (n > 0 && fastestFirst(acting[n - 1]!, one) === 0) resolve.at(-1)!.push(one.name)
    else resolve.push([one.name])
  })
  return { phase, declare: acting.map((one) => one.name).reverse(), resolve }
}

function mustBeNext(tracker: InitiativeTracker, name: string): number {
  const next = nextPhase(tracker)
  if (!next?.resolve.flat().includes(name))
    throw new RuleError('combatant', `${name.slice(0, 60)} does not act in this phase`)
  return next.phase
}

/** A combatant of the next phase takes its action. */
export function takeAction(tracker: InitiativeTracker, name: string): InitiativeTracker {
  const phase = mustBeNext(tracker, name)
  return changed({ ...tracker, phase }, name, (one) => ({
    ...one,
    passesTaken: one.passesTaken + 1,
    ...freshAction(),
  }))
}

/** A combatant of the next phase waits. Its pools refresh now, and not again when it acts. */
export function delayAction(tracker: InitiativeTracker, name: string): InitiativeTracker {
  const phase = mustBeNext(tracker, name)
  return changed({ ...tracker, phase }, name, (one) => ({ ...one, isDelayed: true }))
}

/** A delayed action ends: it was taken, or spending pool dice while waiting cancelled it. */
export function endDelay(tracker: InitiativeTracker, name: string): InitiativeTracker {
  return changed(tracker, name, (one) => {
    if (!one.isDelayed) throw new RuleError('combatant', `${name} does not wait with an action`)
    return { ...one, isDelayed: false, passesTaken: one.passesTaken + 1 }
  })
}
