// Reads of events for all who follow a session: a change is announced to all of them at once, and read once.
import type { Pool } from '../../../shared/db/pool.ts'
import { EVENT, VISIBLE, type EventRow, type EventsOf } from './store.ts'

/** An event, and who may see it. */
interface SharedRow extends EventRow {
  /** Null for every member. */
  visibleTo: string[] | null
  members: string[]
}

/** Which events are read. */
interface Span {
  /** Ids: those after one, up to another. */
  after: string
  upTo: string
  limit: number
}

/** Reads that several readers share. Each sees what it may, as of after it asked. */
export interface EventReads {
  /** The id of the newest event of a session; null without any. */
  newest(sessionId: string): Promise<string | null>
  /** Events that a member may see, in order, at most `limit`. */
  page(of: EventsOf, span: Span): Promise<EventRow[]>
}

/** Reads events. */
export function eventReads(pool: Pool): EventReads {
  const share = sharedReads()
  return {
    newest: (sessionId) =>
      share(`newest ${sessionId}`, async () => {
        const { rows } = await pool.query<{ newest: string | null }>(
          'select max(id)::text as newest from gm_events where session_id = $1',
          [sessionId],
        )
        return rows[0]!.newest
      }),
    async page({ sessionId, userId }, span) {
      const { after, upTo, limit } = span
      const all = await share(`page ${sessionId} ${after} ${upTo} ${limit}`, () => readAll(pool, sessionId, span))
      // Of a full page nobody can say what follows it: a reader that is far behind reads its own.
      if (all.length >= limit) return readOwn(pool, { sessionId, userId }, span)
      return all.filter((row) => isSeenBy(row, userId)).map(({ visibleTo: _, members: __, ...event }) => event)
    },
  }
}

/**
 * Runs a read once for all who ask for the same within one turn of the event loop. It begins after the last of them
 * asked, so nobody gets what was read before.
 */
function sharedReads() {
  const waiting = new Map<string, Promise<unknown>>()
  return <T>(key: string, read: () => Promise<T>): Promise<T> => {
    const known = waiting.get(key) as Promise<T> | undefined
    if (known) return known
    const begun = new Promise((resolve) => setImmediate(resolve)).then(() => {
      waiting.delete(key)
      return read()
    })
    waiting.set(key, begun)
    return begun
  }
}

async function readAll(pool: Pool, sessionId: string, { after, upTo, limit }: Span): Promise<SharedRow[]> {
  const { rows } = await pool.query<SharedRow>(
    `select ${EVENT}, e.visible_to::text[] as "visibleTo",
       array(select m.user_id::text from gm_members m where m.session_id = $1) as members
     from gm_events e where e.session_id = $1 and e.id > $2 and e.id <= $3 order by e.id limit $4`,
    [sessionId, after, upTo, limit],
  )
  return rows
}

const isSeenBy = ({ visibleTo, members }: SharedRow, userId: string): boolean =>
  members.includes(userId) && (visibleTo === null || visibleTo.includes(userId))

async function readOwn(pool: Pool, { sessionId, userId }: EventsOf, { after, upTo, limit }: Span): Promise<EventRow[]> {
  const { rows } = await pool.query<EventRow>(
    `select ${EVENT} ${VISIBLE} and e.id > $3 and e.id <= $4 order by e.id limit $5`,
    [sessionId, userId, after, upTo, limit],
  )
  return rows
}
