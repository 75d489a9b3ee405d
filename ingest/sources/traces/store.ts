import { kept, transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { jsonForPostgres } from '../../rows/json.ts'
import type { TraceReport } from './report.ts'

/**
 * Stores reports in their order, in one transaction. Statements go to the database without waiting for each other's
 * answers, so the pool must pipeline: to wake the database for each of them takes longer than all else.
 */
export const storeReports = (pool: Pool, reports: readonly TraceReport[]): Promise<void> =>
  transaction(pool, async (client) => {
    const answers = await Promise.allSettled(reports.map((report) => storeReport(client, report)))
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
  })

/** The beginning of a call that is reported after its result changes nothing of how it ended. */
const IS_LATE = 'excluded.result is null and t.result is not null'

/**
 * Makes the session or brings it up to date, then stores the step: a call that is reported again gets what was missing
 * of it, its result or its number. A start begins an ended session again only if one came before: the first may be
 * late. A step without a number follows those that its session has; the session's row is locked by then. Nothing is
 * stored of a turn of the assistant or a game that is gone.
 */
const STORE = `with person as (
    select u.id, u.username from users u where u.id in (
      select user_id from assistant_turns where id = $4::uuid
      union all select user_id from gm_turns where id = $4::uuid)),
  session as (
    insert into trace_sessions as s (source, key, reporter, owner_id, player, mode, started_at, ended_at, total_steps)
    select $1, $2, $3, (select id from person), coalesce($5, (select username from person)), coalesce($6, 'active'), $7,
      case when $10 = 'SESSION_ENDED' then $8::timestamptz end, $9
    where ($4::uuid is null or exists (select from person)) and ($4::uuid is null or $10 <> 'SESSION_ENDED'
      or exists (select from trace_sessions where source = $1 and key = $2))
    on conflict (source, key) do update set used_at = now(), player = coalesce($5, s.player),
      mode = coalesce($6, s.mode), total_steps = coalesce($9, s.total_steps),
      ended_at = coalesce(case when $10 = 'SESSION_ENDED' then $8::timestamptz end,
        case when $10 <> 'SESSION_STARTED' or not exists (select from trace_steps before
          where before.session_id = s.id and before.kind = 'SESSION_STARTED') then s.ended_at end)
    returning id, mode, call_count)
  insert into trace_steps as t (session_id, call, kind, step, tool, mode, input, result, looked_at, outcome,
    started_at, finished_at, duration_ms, subjects, input_tokens, output_tokens, parent)
  select s.id, $11, $10, coalesce($12, 1 + s.call_count), $13, s.mode, $14, $15, $16, $17, $7, $8, $18, $19, $20, $21,
    $22
  from session s
  on conflict (session_id, call) do update set change_id = default, step = coalesce($12, t.step),
    tool = coalesce(excluded.tool, t.tool),
    input = coalesce(excluded.input, t.input), result = coalesce(excluded.result, t.result),
    looked_at = coalesce(excluded.looked_at, t.looked_at),
    outcome = case when ${IS_LATE} then t.outcome else excluded.outcome end,
    finished_at = case when ${IS_LATE} then t.finished_at else excluded.finished_at end,
    started_at = least(t.started_at, excluded.started_at),
    duration_ms = coalesce(excluded.duration_ms, t.duration_ms,
      1000 * extract(epoch from excluded.finished_at - t.started_at)),
    subjects = coalesce(excluded.subjects, t.subjects),
    input_tokens = coalesce(excluded.input_tokens, t.input_tokens),
    output_tokens = coalesce(excluded.output_tokens, t.output_tokens),
    parent = coalesce(excluded.parent, t.parent)`

const json = (value: unknown) => (value === null || value === undefined ? null : jsonForPostgres(value))

const storeReport = (client: Client, report: TraceReport): Promise<unknown> =>
  client.query(
    kept(STORE, [
      report.source,
      report.session,
      report.reporter,
      report.turnId,
      report.player,
      report.mode,
      report.startedAt,
      report.finishedAt,
      report.totalSteps,
      report.kind,
      report.call,
      report.step,
      report.tool,
      json(report.input),
      json(report.result),
      json(report.lookedAt),
      report.outcome,
      report.durationMs,
      json(report.subjects),
      report.inputTokens,
      report.outputTokens,
      report.parent,
    ]),
  )
