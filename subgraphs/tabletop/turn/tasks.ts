import { randomUUID } from 'node:crypto'
import type { Pool } from '../../../shared/db/pool.ts'
import type { VersionedStream } from '../../../shared/pubsub/row-versions.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Context } from '../context.ts'
import type { GmTask } from '../generated/resolvers.ts'
import { roleIn } from '../session/store.ts'
import { toolDefinitions } from '../tool/tools.ts'
import { tableState } from './table-state.ts'
import { endTurn } from './end-turn.ts'
import { findTurn, type TurnRow } from './store.ts'
import { BEGUN_TOPIC, ENDED_TOPIC, type TurnMessage } from './topics.ts'
import { ALIVE_MS } from './watch-turns.ts'

/** Characters of the turns before one, together. */
const MAX_HISTORY = 12_000
const MAX_EXCHANGES = 20

/** What one process that narrates should do, until it goes; then what it was working on ends with an error. */
export function taskStream(context: Context): VersionedStream<GmTask> {
  const { pool, pubsub, phase } = context
  const agent = randomUUID()
  const mine = new Map<string, string>()
  const beat = setInterval(() => void (mine.size && alive(pool, agent).catch(() => undefined)), ALIVE_MS).unref()
  const take = async (turnId: string | null): Promise<GmTask[]> => {
    const rows = await claim(pool, agent, turnId)
    for (const { id, sessionId } of rows) mine.set(id, sessionId)
    return Promise.all(rows.map((row) => taskOf(pool, row)))
  }
  // What fails here is done in time by watch-turns.ts.
  const leave = async () => {
    for (const [turnId, sessionId] of mine) await endTurn(context, { turnId, sessionId }, 'PROCESS_GONE')
  }
  return snapshotThenUpdates<GmTask>({
    pubsub,
    phase,
    topics: [BEGUN_TOPIC, ENDED_TOPIC],
    snapshot: () => take(null),
    map(event) {
      const { turnId, sessionId, isEnd } = event as TurnMessage
      if (!isEnd) return take(turnId).then(([task]) => task)
      if (!mine.delete(turnId)) return undefined
      return { ...NOTHING, kind: 'STOP', turnId, sessionId }
    },
    onEnd() {
      clearInterval(beat)
      leave().catch(() => undefined)
    },
  })
}

const NOTHING = { message: '', character: null, history: [], state: null, tools: [], traceId: null }

const alive = (pool: Pool, agent: string) =>
  pool.query('update gm_turns set alive_at = now() where claim = $1 and ended_at is null', [agent])

/** Turns that nobody has taken yet, or the one named, for this process: each is given to one. */
async function claim(pool: Pool, agent: string, turnId: string | null): Promise<TurnRow[]> {
  const { rows } = await pool.query<{ id: string }>(
    `update gm_turns set claim = $1, alive_at = now()
     where claim is null and ended_at is null and ($2::uuid is null or id = $2) returning id`,
    [agent, turnId],
  )
  const turns = await Promise.all(rows.map(({ id }) => findTurn(pool, id)))
  return turns.filter((turn) => turn !== null)
}

async function taskOf(pool: Pool, turn: TurnRow): Promise<GmTask> {
  const { id, sessionId, userId, message, character, traceId } = turn
  const isLed = (await roleIn(pool, sessionId, userId)) === 'GM'
  const [history, state] = await Promise.all([historyBefore(pool, turn), tableState(pool, sessionId, isLed)])
  return { kind: 'RUN', turnId: id, sessionId, message, character, history, state, tools: toolDefinitions, traceId }
}

/** What is narrated in a turn `t` to everybody, with what had no witness marked: it must not vouch for itself later. */
const NARRATION = `select string_agg(e.payload ->> 'content' || coalesce(' [not rolled: ' ||
    (select string_agg(said, ', ') from json_array_elements_text(e.payload -> 'unwitnessed') said) || '] ', ''),
    '' order by e.id)
  from gm_events e where e.turn_id = t.id and e.kind = 'NARRATIVE' and e.visible_to is null`

/** The newest whole turns before one, oldest first. */
async function historyBefore(pool: Pool, { id, sessionId }: TurnRow) {
  const { rows } = await pool.query<{ message: string; narration: string }>(
    `select t.message, coalesce((${NARRATION}), '') as narration
     from gm_turns t where t.session_id = $1 and t.id <> $2 order by t.started_at desc limit $3`,
    [sessionId, id, MAX_EXCHANGES],
  )
  let room = MAX_HISTORY
  const fitting = rows.findIndex(({ message, narration }) => (room -= message.length + narration.length) < 0)
  return rows.slice(0, fitting < 0 ? rows.length : fitting).reverse()
}
