import type { Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { watchWhileBusy } from '../../../shared/pubsub/watch-while-busy.ts'
import { endTurn, type EndCode } from './end-turn.ts'
import { ASKED_TOPIC } from './topics.ts'

/** A process that answers tells that often that it is there; one silent for three times as long is gone. */
export const ALIVE_MS = 5_000
const GONE_MS = 3 * ALIVE_MS
/** Until then somebody must have taken a question. */
const TAKEN_MS = 10_000
/** A page that is loaded again follows its session again within this time. */
const FOLLOWED_MS = 15_000
/** The longest answer; what acts for the person ends then too. */
const LONGEST_MS = 5 * 60_000

/**
 * Ends answers that nobody works on, that nobody follows any more, or that take too long. Any number of processes may
 * do so at once.
 * @returns how many are still under way
 */
export async function endStaleTurns(pool: Pool, pubsub: PubSub, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const { rows } = await pool.query<{ id: string; code: EndCode | null }>(
    `select t.id, case
         when t.asked_at < $1 then 'TOO_SLOW'
         when t.claim is null and t.asked_at < $2 then 'NOT_TAKEN'
         when t.claim is not null and not exists (
           select from assistant_agents a where a.id = t.claim and a.alive_at >= $3) then 'AGENT_GONE'
         when s.watched_at >= t.asked_at and s.watched_at < $4 then 'NOT_FOLLOWED'
       end as code
       from assistant_turns t join assistant_sessions s on s.id = t.session_id where t.ended_at is null`,
    [before(LONGEST_MS), before(TAKEN_MS), before(GONE_MS), before(FOLLOWED_MS)],
  )
  const stale = rows.filter((row): row is { id: string; code: EndCode } => row.code !== null)
  for (const { id, code } of stale) await endTurn(pool, pubsub, id, code)
  return rows.length - stale.length
}

/** Does that while answers are under way. */
export const watchTurns = (pool: Pool, pubsub: PubSub, log: Log): AsyncDisposable =>
  watchWhileBusy({
    look: (now) => endStaleTurns(pool, pubsub, now),
    pubsub,
    topic: ASKED_TOPIC,
    log,
    failure: 'could not look after the assistant’s answers; trying again',
  })
