// The events of a session as a stream that resumes.
import type { Pool } from '../../../shared/db/pool.ts'
import type { StoredFacts } from '../../../shared/pubsub/fact-stream.ts'
import type { EventReads } from './event-reads.ts'
import type { EventRow, EventsOf } from './store.ts'

/** A stream looks at the store at least this often, event or not (shared/pubsub/fact-stream.ts). */
const LOOKED_MS = 10_000

/** Stores that a member follows the events, at most once in that time. */
function presenceOf(pool: Pool, { sessionId, userId }: EventsOf): () => Promise<void> {
  let storedAt = -Infinity
  return async () => {
    if (performance.now() - storedAt < LOOKED_MS) return
    storedAt = performance.now()
    await pool.query('update gm_members set seen_at = now() where session_id = $1 and user_id = $2', [
      sessionId,
      userId,
    ])
  }
}

/** The events of a session for one of its members, for streams that resume. Who follows them is present. */
export function storedEvents(pool: Pool, reads: EventReads, of: EventsOf): StoredFacts<EventRow> {
  const isPresent = presenceOf(pool, of)
  return {
    idOf: ({ id }) => id,
    isNewer: (id, other) => BigInt(id) > BigInt(other),
    // Events are written with the row of the session locked: a greater id is never readable before a smaller one.
    settled: () => Promise.resolve(),
    areCommitted: true,
    async range() {
      await isPresent()
      const newest = await reads.newest(of.sessionId)
      // Nothing is deleted before its session, so that every reader has all there is since its id.
      return newest === null ? null : { oldest: '0', newest }
    },
    page: (after, upTo, limit) => reads.page(of, { after, upTo, limit }),
  }
}
