import type { Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { endTurn, type EndCode } from './end-turn.ts'
import { ASKED_TOPIC } from './topics.ts'

const EVERY_MS = 1_000
const BACKSTOP_MS = 60_000
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

/** Does that once a second while answers are under way, and once a minute in case nobody published that one is. */
export function watchTurns(pool: Pool, pubsub: PubSub, log: Log): AsyncDisposable {
  let looking: Promise<void> | null = null
  let isBusy = true
  let asked = 0
  let hasFailed = false
  const look = () => {
    const before = asked
    looking ??= endStaleTurns(pool, pubsub, new Date())
      .then(
        (open) => {
          isBusy = open > 0 || asked !== before // what was asked meanwhile may not have been there yet
          hasFailed = false
        },
        (error: unknown) => {
          // Before the schema is there, and while the database is away: said once.
          if (!hasFailed) log.warn({ error }, 'could not look after the assistant’s answers; trying again')
          hasFailed = true
        },
      )
      .finally(() => (looking = null))
  }
  const often = setInterval(() => isBusy && look(), EVERY_MS).unref()
  const seldom = setInterval(look, BACKSTOP_MS).unref()
  const hearing = pubsub.subscribe(ASKED_TOPIC, () => {
    asked++
    isBusy = true
  })
  look()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(often)
      clearInterval(seldom)
      ;(await hearing)()
      await looking
    },
  }
}
