// What a tool of the rules is. It computes; what it changes is stored by its caller.
import type { z } from 'zod'
import type { VisibilityTable } from '../../../shared/world/tabletop/visibility.ts'
import { mayActFor, named, type CharacterRow, type Onlooker } from '../character/store.ts'
import { committedOf } from '../rules/commit.ts'
import { refreshPools } from '../rules/pools.ts'
import { RuleError } from '../rules/rule-error.ts'
import type { CharacterState } from '../rules/state.ts'
import type { DiceSource } from '../rules/dice-source.ts'
import type { InitiativeTracker } from '../rules/initiative.ts'
import type { Rolled } from '../roll/store.ts'
import type { PastTest } from '../roll/tests.ts'

/** The table as a tool gets it. */
export interface Table {
  /** Who said what the turn answers. */
  onlooker: Onlooker
  /** The character that acts in this turn; null for none. */
  actor: CharacterRow | null
  characters: readonly CharacterRow[]
  dice: DiceSource
  /** The turn order of a fight; null outside one. */
  initiative: InitiativeTracker | null
  /** What impairs the view, in this session. */
  visibility: VisibilityTable
  /** The newest test of each character, for the tool that rolls one again; empty for others. */
  tests: readonly PastTest[]
}

/** What a tool computed. */
export interface Outcome {
  /** For the narration. */
  result: Record<string, unknown>
  /** What members read of it in the events, where the result has what is for the game master alone. */
  shown?: Record<string, unknown>
  rolls?: Rolled[]
  /** Characters with their new state. */
  changed?: CharacterRow[]
  /** The new turn order. */
  initiative?: InitiativeTracker
}

export interface Tool {
  name: string
  /** For people. */
  title: string
  /** For a language model. */
  description: string
  input: z.ZodType
  /** Throws a RuleError with what is wrong with the arguments. */
  run(input: never, table: Table): Outcome
}

/** A tool with arguments of the type of its schema. */
export const defineTool = <S extends z.ZodType>(
  tool: Omit<Tool, 'input' | 'run'> & { input: S; run(input: z.output<S>, table: Table): Outcome },
): Tool => tool

/** The character of a name, or the one that acts. @throws RuleError with the names there are */
export function characterOf({ characters, actor }: Table, name: string | undefined, field: string): CharacterRow {
  const found = name === undefined ? actor : named(characters, name)
  if (found) return found
  const known = characters.map((one) => one.streetName ?? one.name).join(', ') || 'none'
  throw new RuleError(
    field,
    name === undefined ? 'no character acts in this turn: name one' : `nobody here is called so; there are: ${known}`,
  )
}

/** The same for a character that rolls or changes: the speaker must be allowed to act for it. @throws RuleError */
export function actingCharacter(table: Table, name: string | undefined, field: string): CharacterRow {
  const found = characterOf(table, name, field)
  if (!mayActFor(table.onlooker, found)) throw new RuleError(field, 'somebody else plays this character')
  return found
}

/** Whether what is on a sheet is not for every member. */
export const isHidden = ({ isOpponent }: CharacterRow): boolean => isOpponent

/** A character for the figures of its sheet: those of an opponent are for the game master. @throws RuleError */
export function readableCharacter(table: Table, name: string | undefined, field: string): CharacterRow {
  const found = characterOf(table, name, field)
  if (isHidden(found) && table.onlooker.role !== 'GM')
    throw new RuleError(field, 'only the game master reads the sheet of an opponent')
  return found
}

/** The result of a tool that reads a sheet. Of an opponent, members read only that it was looked at. */
export const ofSheet = (one: CharacterRow, result: Record<string, unknown>): Outcome => ({
  result,
  ...(isHidden(one) && { shown: { character: one.name, for_game_master: true } }),
})

/**
 * Dice of the Combat Pool with which a target defends itself: those asked for, where the game master or its player
 * speaks or it is an opponent; of the characters of others what they set aside, whatever the speaker says.
 */
export function defencePoolOf(table: Table, target: CharacterRow, asked: number | undefined): number {
  const committed = committedOf(target.sheet, target.state, 'combat')
  return mayDefendFor(table, target) ? (asked ?? committed) : committed
}

/** Whether the speaker decides how a target defends itself. Of the characters of others, their players do. */
export const mayDefendFor = (table: Table, target: CharacterRow): boolean =>
  mayActFor(table.onlooker, target) || target.isOpponent

/** A character as its action begins: its pools refresh then. In a fight that is when the order reaches it. */
export const atItsAction = ({ initiative }: Table, { state }: CharacterRow): CharacterState =>
  initiative === null ? refreshPools(state) : state
