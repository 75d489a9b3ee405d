// What a member of a session changes at the table themselves, without a turn.
import { createHash, randomUUID } from 'node:crypto'
import { fault } from '../../../shared/errors.ts'
import { listCharacters, mayActFor, type CharacterRow, type Onlooker } from '../character/store.ts'
import { isUuid, type Context } from '../context.ts'
import type { NewEvent } from '../event/store.ts'
import { shownRoll, storeRolls, type Rolled } from '../roll/store.ts'
import { diceSource, type DiceSource } from '../rules/dice-source.ts'
import type { InitiativeTracker } from '../rules/initiative.ts'
import { RuleError } from '../rules/rule-error.ts'
import { roleIn } from '../session/store.ts'
import { writeSession, type SessionWriter } from '../session/write-session.ts'
import { drawNextTurn, nextTurnOf, turnUnderWay } from '../turn/store.ts'
import { initiativeIn, storeChange, type TableChange } from './store-change.ts'

/** A table while one of its members changes it. */
export interface OpenTable extends SessionWriter {
  onlooker: Onlooker
  characters: readonly CharacterRow[]
  initiative: InitiativeTracker | null
  /** Stores an event outside turns. */
  note(kind: NewEvent['kind'], payload: Record<string, unknown>, visibleTo?: readonly string[]): void
  /** The same about a character: of an opponent only the game master sees it. */
  noteOf(character: CharacterRow, kind: NewEvent['kind'], payload: Record<string, unknown>): void
  /** Stores a change and its journal; gives the new turn order, undefined if it did not change. */
  change(what: string, change: TableChange): Promise<InitiativeTracker | null | undefined>
}

/**
 * Changes a table as one of its members.
 * @throws NOT_FOUND for strangers; BAD_USER_INPUT for what the rules do not allow
 */
export const changeTable = <T>(
  context: Context,
  sessionId: string,
  write: (table: OpenTable) => Promise<T>,
): Promise<T> =>
  writeSession(context, sessionId, async (session) => {
    const { client } = session
    const role = await roleIn(client, sessionId, context.viewer.id)
    if (!role) throw fault('NOT_FOUND', 'There is no such session.')
    const before = {
      characters: await listCharacters(client, sessionId),
      initiative: await initiativeIn(client, sessionId),
    }
    const traceId = randomUUID()
    const note: OpenTable['note'] = (kind, payload, visibleTo) =>
      session.add({ turnId: null, kind, payload, traceId, visibleTo: visibleTo ?? null })
    try {
      const result = await write({
        ...session,
        ...before,
        onlooker: { userId: context.viewer.id, role },
        note,
        // Who may act for an opponent is the game master.
        noteOf: ({ isOpponent }, kind, payload) => note(kind, payload, isOpponent ? [context.viewer.id] : undefined),
        change: (what, change) => storeChange(session, { turnId: null, what }, before, change),
      })
      return { result }
    } catch (error) {
      throw error instanceof RuleError ? fault('BAD_USER_INPUT', error.message) : error
    }
  })

/** A character by its id. @throws NOT_FOUND */
export function characterIn({ characters }: OpenTable, id: string): CharacterRow {
  const found = isUuid(id) ? characters.find((one) => one.id === id.toLowerCase()) : undefined
  if (!found) throw fault('NOT_FOUND', 'There is no such character in this session.')
  return found
}

/** A character that the member may act for. @throws NOT_FOUND, FORBIDDEN */
export function ownCharacterIn(table: OpenTable, id: string): CharacterRow {
  const found = characterIn(table, id)
  if (!mayActFor(table.onlooker, found)) throw fault('FORBIDDEN', 'You may not act for this character.')
  return found
}

/** @throws FORBIDDEN for everybody but the game master */
export function mustLead({ onlooker }: OpenTable): void {
  if (onlooker.role !== 'GM') throw fault('FORBIDDEN', 'Only the game master may do this.')
}

/** What belongs to rolls once they are stored: anybody can verify them, and knows the next commitment. */
export interface Revealed {
  commitment: string
  secret: string
  nextCommitment: string
}

/**
 * Rolls between turns. The dice are those of the last published commitment; their secret is revealed at once.
 * @param question what the dice are salted with
 * @throws SESSION_BUSY while a turn is under way: the dice belong to it
 */
export async function rollBetweenTurns<T>(
  { client, sessionId, note }: OpenTable,
  question: unknown,
  roll: (dice: DiceSource) => { result: T; rolls: readonly Rolled[] },
): Promise<{ result: T; revealed: Revealed }> {
  if (await turnUnderWay(client, sessionId))
    throw fault('SESSION_BUSY', 'A turn is under way in this session. Wait for its end.', { retryAfter: 1 })
  const { id, secret, commitment } = await nextTurnOf(client, sessionId)
  const salt = createHash('sha256').update(JSON.stringify(question)).digest('hex')
  const { result, rolls } = roll(diceSource({ epochId: id, secret, salt, nextRoll: 1 }))
  await storeRolls(client, { sessionId, turnId: null, secret, visibleTo: null }, rolls)
  for (const rolled of rolls) note('ROLL', shownRoll(rolled))
  return { result, revealed: { commitment, secret, nextCommitment: await drawNextTurn(client, sessionId) } }
}
