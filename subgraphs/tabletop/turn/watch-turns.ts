import type { Log } from '../../../shared/log.ts'
import { watchWhileBusy } from '../../../shared/pubsub/watch-while-busy.ts'
import type { Stores } from '../session/write-session.ts'
import { endTurn, type EndCode } from './end-turn.ts'
import { BEGUN_TOPIC } from './topics.ts'

/** How often a process that narrates stores that it is there; one silent for three times as long is gone. */
export const ALIVE_MS = 2_000
const GONE_MS = 3 * ALIVE_MS
/** Until then somebody must have taken a turn. */
const TAKEN_MS = 10_000
const LONGEST_MS = 5 * 60_000

/**
 * Ends turns that nobody works on, or that take too long. Any number of processes may do so at once.
 * @returns how many are still under way
 */
export async function endStaleTurns(stores: Stores, now: Date): Promise<number> {
  const before = (ms: number) => new Date(now.getTime() - ms)
  const { rows } = await stores.pool.query<{ id: string; sessionId: string; code: EndCode | null }>(
    `select id, session_id as "sessionId", case
         when started_at < $1 then 'API_TIMEOUT'
         when claim is null and started_at < $2 then 'NOT_TAKEN'
         when claim is not null and alive_at < $3 then 'PROCESS_GONE'
       end as code from gm_turns where ended_at is null`,
    [before(LONGEST_MS), before(TAKEN_MS), before(GONE_MS)],
  )
  let ended = 0
  for (const { id, sessionId, code } of rows) {
    if (code === null) continue
    await endTurn(stores, { turnId: id, sessionId }, code)
    ended++
  }
  return rows.length - ended
}

/** Does that while turns are under way. */
export const watchTurns = (stores: Stores, log: Log): AsyncDisposable =>
  watchWhileBusy({
    look: (now) => endStaleTurns(stores, now),
    pubsub: stores.pubsub,
    topic: BEGUN_TOPIC,
    log,
    failure: 'could not look after the turns of games; trying again',
  })
