import { randomUUID } from 'node:crypto'
import { issueAct } from '../../../shared/auth/act.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { VersionedStream, StreamPhase } from '../../../shared/pubsub/row-versions.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Context } from '../context.ts'
import type { AssistantDriver, AssistantTask } from '../generated/resolvers.ts'
import { endTurn } from './end-turn.ts'
import { ASKED_TOPIC, ENDED_TOPIC, type TurnMessage } from './topics.ts'
import { ALIVE_MS } from './watch-turns.ts'

/** Characters of the exchanges before a question, together. */
const MAX_HISTORY = 20_000
const MAX_EXCHANGES = 20

interface ClaimedRow {
  id: string
  sessionId: string
  userId: string
  signIn: string
  message: string
  askedAt: string
}

/** What one process that answers should do, until it goes; then what it was working on ends with an error. */
export function taskStream(
  context: Context,
  phase: StreamPhase,
  { driver, model }: { driver: AssistantDriver; model: string | null },
): VersionedStream<AssistantTask> {
  const { pool, pubsub } = context
  const agent = randomUUID()
  const mine = new Set<string>()
  const alive = () =>
    pool.query(
      `insert into assistant_agents (id, driver, model) values ($1, $2, $3)
       on conflict (id) do update set alive_at = now()`,
      [agent, driver, model],
    )
  const beat = setInterval(() => void alive().catch(() => undefined), ALIVE_MS).unref()
  // A failed one is asked for again in time: watch-turns.ts ends what is left of a process that is gone.
  const leave = async () => {
    await pool.query("delete from assistant_agents where id = $1 or alive_at < now() - interval '1 hour'", [agent])
    for (const turnId of mine) await endTurn(pool, pubsub, turnId, 'AGENT_GONE')
  }
  const take = async (turnId: string | null): Promise<AssistantTask[]> => {
    const rows = await claim(pool, agent, turnId)
    for (const { id } of rows) mine.add(id)
    return Promise.all(rows.map((row) => taskOf(context, row)))
  }
  return snapshotThenUpdates<AssistantTask>({
    pubsub,
    phase,
    topics: [ASKED_TOPIC, ENDED_TOPIC],
    async snapshot() {
      await alive()
      return take(null)
    },
    map(event) {
      const { turnId, sessionId, isEnd } = event as TurnMessage
      if (!isEnd) return take(turnId).then(([task]) => task)
      if (!mine.delete(turnId)) return undefined
      return { kind: 'STOP', turnId, sessionId, message: '', history: [], actAs: '' }
    },
    onEnd() {
      clearInterval(beat)
      leave().catch(() => undefined)
    },
  })
}

/** Questions that nobody has taken yet, or the one named, for this process: each is given to one. */
async function claim(pool: Pool, agent: string, turnId: string | null): Promise<ClaimedRow[]> {
  const { rows } = await pool.query<ClaimedRow>(
    `update assistant_turns set claim = $1 where claim is null and ended_at is null and ($2::uuid is null or id = $2)
     returning id, session_id as "sessionId", user_id as "userId", sign_in as "signIn", message, asked_at as "askedAt"`,
    [agent, turnId],
  )
  return rows
}

async function taskOf({ pool, key }: Context, row: ClaimedRow): Promise<AssistantTask> {
  const { id, sessionId, userId, signIn, message } = row
  const act = { user: userId, signIn, turn: id, purpose: 'assistant' } as const
  return {
    kind: 'RUN',
    turnId: id,
    sessionId,
    message,
    history: await historyBefore(pool, row),
    actAs: issueAct(key, act, Date.now()),
  }
}

/** The newest whole exchanges before a question, oldest first. */
async function historyBefore(pool: Pool, { id, sessionId, askedAt }: ClaimedRow) {
  const { rows } = await pool.query<{ message: string; answer: string }>(
    `select t.message, coalesce((select string_agg(e.payload ->> 'text', '' order by e.seq)
       from assistant_events e where e.turn_id = t.id and e.kind = 'TEXT'), '') as answer
     from assistant_turns t where t.session_id = $1 and t.id <> $2 and t.asked_at <= $3
     order by t.asked_at desc limit $4`,
    [sessionId, id, askedAt, MAX_EXCHANGES],
  )
  let room = MAX_HISTORY
  const fitting = rows.findIndex(({ message, answer }) => (room -= message.length + answer.length) < 0)
  return rows.slice(0, fitting < 0 ? rows.length : fitting).reverse()
}
