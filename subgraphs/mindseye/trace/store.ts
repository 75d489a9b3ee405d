import DataLoader from 'dataloader'
import type { StepKind, StepOutcome, LookedAt, TraceSubjects } from '../../../shared/contract/traces.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface CharacterRef {
  name: string
}

export interface SessionRow {
  id: string
  key: string
  assistantSessionId: string | null
  reporter: string
  player: string | null
  mode: string
  startedAt: string
  usedAt: string
  endedAt: string | null
  stepCount: number
  totalSteps: number | null
}

export interface StepRow {
  id: string
  changeId: string
  sessionId: string
  kind: StepKind
  step: number
  tool: string | null
  mode: string
  input: unknown
  result: unknown
  lookedAt: LookedAt | null
  outcome: StepOutcome
  startedAt: string
  finishedAt: string | null
  durationMs: number | null
  callId: string
  parentCallId: string | null
  subjects: TraceSubjects | null
  inputTokens: number | null
  outputTokens: number | null
}

const SESSION = `s.id::text as id, s.key, s.reporter, s.player, s.mode, s.started_at as "startedAt",
  s.used_at as "usedAt", s.ended_at as "endedAt", s.total_steps as "totalSteps", s.call_count as "stepCount",
  case when s.source = 'assistant' then (
    select a.session_id::text from assistant_turns a where a.id = s.key::uuid) end as "assistantSessionId"`
const STEP = `t.id::text as id, t.change_id::text as "changeId", t.session_id::text as "sessionId", t.kind, t.step,
  t.tool, t.mode, t.input, t.result, t.looked_at as "lookedAt", t.outcome, t.started_at as "startedAt",
  t.finished_at as "finishedAt", t.duration_ms as "durationMs",
  t.call as "callId", t.parent as "parentCallId",
  t.subjects, t.input_tokens as "inputTokens", t.output_tokens as "outputTokens"`

/** Sessions that a viewer may see: what the assistant did for a person is theirs alone, whatever the viewer's role. */
const visibleTo = (owner: string) => `(s.owner_id is null or s.owner_id::text = ${owner})`
const ownerOf = ({ kind, id }: Viewer): string | null => (kind === 'user' ? id : null)

export type SessionPage = CountedPage<SessionRow>
export type StepPage = CountedPage<StepRow>

/** An id of a session as the database takes it. Throws BAD_USER_INPUT for what is none. */
export function readSessionId(id: string): string {
  if (!/^\d{1,18}$/.test(id)) throw fault('BAD_USER_INPUT', 'This is not the id of a session.')
  return id
}

/** A page of sessions, newest first, one more than asked for when more follow. */
export async function listSessions(
  pool: Pool,
  viewer: Viewer,
  player: string | null,
  page: Page,
): Promise<SessionRow[]> {
  const before = readCursor(page.after, 1)?.[0] ?? null
  const { rows } = await pool.query<SessionRow>(
    `select ${SESSION} from trace_sessions s where ${visibleTo('$1')} and ($2::text is null or s.player = $2)
       and ($3::bigint is null or s.id < $3) order by s.id desc limit $4`,
    [ownerOf(viewer), player, before, page.first + 1],
  )
  return rows
}

/** How many sessions a viewer may see. */
export async function countSessions(pool: Pool, viewer: Viewer, player: string | null): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from trace_sessions s where ${visibleTo('$1')} and ($2::text is null or s.player = $2)`,
    [ownerOf(viewer), player],
  )
  return rows[0]!.count
}

/** How many steps a session has. */
export async function countSteps(pool: Pool, sessionId: string): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*) from trace_steps where session_id = $1', [
    sessionId,
  ])
  return rows[0]!.count
}

/** A session that the viewer may see; null without one. */
export async function findSession(pool: Pool, viewer: Viewer, id: string): Promise<SessionRow | null> {
  const { rows } = await pool.query<SessionRow>(
    `select ${SESSION} from trace_sessions s where s.id = $2 and ${visibleTo('$1')}`,
    [ownerOf(viewer), id],
  )
  return rows[0] ?? null
}

/** A page of a session's steps in their order, one more than asked for when more follow. */
export async function listSteps(pool: Pool, sessionId: string, page: Page): Promise<StepRow[]> {
  const after = readCursor(page.after, 1)?.[0] ?? null
  const { rows } = await pool.query<StepRow>(
    `select ${STEP} from trace_steps t where t.session_id = $1 and ($2::bigint is null or t.id > $2)
     order by t.id limit $3`,
    [sessionId, after, page.first + 1],
  )
  return rows
}

/**
 * Sessions of steps that were already found to be visible, by id: one statement for many steps. Nothing is remembered:
 * a stream shows each session as it is at each step.
 */
export const sessionLoader = (pool: Pool) =>
  new DataLoader<string, SessionRow | null>(
    async (ids) => {
      const { rows } = await pool.query<SessionRow>(
        `select ${SESSION} from trace_sessions s where s.id = any($1::bigint[])`,
        [ids],
      )
      const found = new Map(rows.map((row) => [row.id, row]))
      return ids.map((id) => found.get(id) ?? null)
    },
    { cache: false },
  )

/** The steps that a viewer may see, of all sessions or one, in the order of their changes. */
export const storedSteps = (pool: Pool, viewer: Viewer, sessionId: string | null) =>
  storedFacts<StepRow>(
    pool,
    { table: 'trace_steps', id: 'change_id' },
    {
      idOf: ({ changeId }) => changeId,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<StepRow>(
          `select ${STEP} from trace_steps t join trace_sessions s on s.id = t.session_id
           where t.change_id > $3 and t.change_id <= $4 and ${visibleTo('$1')}
             and ($2::bigint is null or t.session_id = $2) order by t.change_id limit $5`,
          [ownerOf(viewer), sessionId, after, upTo, limit],
        )
        return rows
      },
    },
  )
