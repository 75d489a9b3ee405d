import type { Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { endTurn, type EndCode } from './end-turn.ts'

const EVERY_MS = 1_000
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
 * Ends answers that nobody works on, that nobody follows any more, or that take too long. Any number of processes may do
 * so at once.
 */
export async function endStaleTurns(pool: Pool, pubsub: PubSub, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const { rows } = await pool.query<{ id: string; code: EndCode }>(
    `select id, code from (
       select t.id, case
         when t.asked_at < $1 then 'TOO_SLOW'
         when t.claim is null and t.asked_at < $2 then 'NOT_TAKEN'
         when t.claim is not null and not exists (
           select from assistant_agents a where a.id = t.claim and a.alive_at >= $3) then 'AGENT_GONE'
         when s.watched_at >= t.asked_at and s.watched_at < $4 then 'NOT_FOLLOWED'
       end as code
       from assistant_turns t join assistant_sessions s on s.id = t.session_id where t.ended_at is null
     ) stale where code is not null`,
    [before(LONGEST_MS), before(TAKEN_MS), before(GONE_MS), before(FOLLOWED_MS)],
  )
  for (const { id, code } of rows) await endTurn(pool, pubsub, id, code)
}

/** Does that once a second. */
export function watchTurns(pool: Pool, pubsub: PubSub, log: Log): AsyncDisposable {
  let looking: Promise<void> | null = null
  let hasFailed = false
  const timer = setInterval(() => {
    looking ??= endStaleTurns(pool, pubsub, new Date())
      .then(
        () => void (hasFailed = false),
        (error: unknown) => {
          // Before the schema is there, and while the database is away: said once.
          if (!hasFailed) log.warn({ error }, 'could not look after the assistant’s answers; trying again')
          hasFailed = true
        },
      )
      .finally(() => (looking = null))
  }, EVERY_MS).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await looking
    },
  }
}
