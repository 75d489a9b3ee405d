// Storing what changed at a table: characters, the turn order, and a journal of both, from which a change is undone.
import type { CharacterRow } from '../character/store.ts'
import { orderAfter } from '../rules/initiative-order.ts'
import { freshAction, type InitiativeTracker } from '../rules/initiative.ts'
import type { Sheet } from '../rules/sheet.ts'
import { storedState, type CharacterState } from '../rules/state.ts'
import type { Reads } from '../session/store.ts'
import type { ReplacedRows } from '../visibility/store.ts'
import type { SessionWriter } from '../session/write-session.ts'

/** A table before a change. */
export interface TableBefore {
  characters: readonly CharacterRow[]
  initiative: InitiativeTracker | null
}

/** What is different after it. */
export interface TableChange {
  /** Characters with their new sheet and state. */
  changed?: readonly CharacterRow[] | undefined
  /** The new turn order, null for none; left out, it only follows injuries. */
  initiative?: InitiativeTracker | null | undefined
  /** Rows of the visibility table that are replaced, null for none; left out, they stay. */
  visibility?: { before: ReplacedRows | null; after: ReplacedRows | null } | undefined
}

/** What the journal holds of a table: what a change touched, and nothing else. */
export interface Journal {
  characters: { id: string; name: string; streetName: string | null; sheet: Sheet; state: CharacterState }[]
  /** Left out if it did not change. */
  initiative?: InitiativeTracker | null
  /** Left out if it did not change. */
  visibility?: ReplacedRows | null
}

/** What a session is played with. */
interface Played {
  /** The turn order; null outside a fight. */
  initiative: InitiativeTracker | null
  /** Rows of the visibility table that are replaced; null for none. */
  visibility: ReplacedRows | null
  sceneName: string
  /** What is known of the scene that is played. */
  scene: string
  mapNotes: string
}

const NOTHING_PLAYED: Played = { initiative: null, visibility: null, sceneName: '', scene: '', mapNotes: '' }

/** What a session is played with, in one statement. */
export async function playedIn(client: Reads, sessionId: string): Promise<Played> {
  const { rows } = await client.query<Played>(
    `select initiative, visibility, scene_name as "sceneName", scene, map_notes as "mapNotes"
     from gm_sessions where id = $1`,
    [sessionId],
  )
  const { initiative, ...played } = rows[0] ?? NOTHING_PLAYED
  return { initiative: initiative && storedOrder(initiative), ...played }
}

/** A turn order as it is stored: an old one lacks fields. */
const storedOrder = (stored: InitiativeTracker): InitiativeTracker => ({
  ...stored,
  acting: (stored as Partial<InitiativeTracker>).acting ?? [],
  combatants: stored.combatants.map((one) => ({ ...freshAction(), ...one })),
})

/** The turn order of a session; null outside a fight. */
export const initiativeIn = async (client: Reads, sessionId: string): Promise<InitiativeTracker | null> =>
  (await playedIn(client, sessionId)).initiative

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const journalOf = ({ id, name, streetName, sheet, state }: CharacterRow) => ({ id, name, streetName, sheet, state })

/**
 * Stores a change of the table within a change of its session, and in the journal.
 * @param what in words, for who undoes it
 * @returns the new turn order, which may follow from injuries; undefined if it did not change
 */
export async function storeChange(
  { client, sessionId }: SessionWriter,
  { turnId, what }: { turnId: string | null; what: string },
  before: TableBefore,
  { changed = [], initiative, visibility }: TableChange,
): Promise<InitiativeTracker | null | undefined> {
  const all = changed.flatMap((after) => {
    const was = before.characters.find(({ id }) => id === after.id)
    return was ? [{ was, after }] : []
  })
  const pairs = all.filter(({ was, after }) => !isSame(journalOf(was), journalOf(after)))
  const followed = all.map(({ was, after }) => ({ before: was.state, after }))
  const given = initiative === undefined ? before.initiative : initiative
  const order = given && orderAfter(given, followed)
  const isReordered = !isSame(order, before.initiative)
  if (!pairs.length && !isReordered && !visibility) return undefined
  const journal = (side: 'was' | 'after'): Journal => ({
    characters: pairs.map((pair) => journalOf(pair[side])),
    ...(isReordered && { initiative: side === 'was' ? before.initiative : order }),
    ...(visibility && { visibility: side === 'was' ? visibility.before : visibility.after }),
  })
  await storeTable({ client, sessionId }, journal('after'))
  await client.query('insert into gm_changes (session_id, turn_id, what, before, after) values ($1, $2, $3, $4, $5)', [
    sessionId,
    turnId,
    what,
    JSON.stringify(journal('was')),
    JSON.stringify(journal('after')),
  ])
  return isReordered ? order : undefined
}

/** Stores characters, the turn order and the visibility table as they are given. Characters that are gone stay gone. */
export async function storeTable(
  { client, sessionId }: Pick<SessionWriter, 'client' | 'sessionId'>,
  { characters, initiative, visibility }: Journal,
): Promise<void> {
  for (const { id, name, streetName, sheet, state } of characters)
    await client.query(
      'update gm_characters set name = $3, street_name = $4, sheet = $5, state = $6 where id = $1 and session_id = $2',
      [id, sessionId, name, streetName, JSON.stringify(sheet), JSON.stringify(storedState(state))],
    )
  if (initiative !== undefined)
    await client.query('update gm_sessions set initiative = $2 where id = $1', [
      sessionId,
      initiative === null ? null : JSON.stringify(initiative),
    ])
  if (visibility !== undefined)
    await client.query('update gm_sessions set visibility = $2 where id = $1', [
      sessionId,
      visibility === null ? null : JSON.stringify(visibility),
    ])
}
