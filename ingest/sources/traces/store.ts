import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { jsonForPostgres } from '../../rows/json.ts'
import type { TraceReport } from './report.ts'

/** Stores reports in their order, in one transaction. */
export const storeReports = (pool: Pool, reports: readonly TraceReport[]): Promise<void> =>
  transaction(pool, async (client) => {
    for (const report of reports) {
      const session = await sessionOf(client, report)
      if (session !== null) await storeStep(client, session, report)
    }
  })

/** The row of a session, made or brought up to date. Null for a turn of the assistant or a game that is gone. */
async function sessionOf(client: Client, report: TraceReport): Promise<string | null> {
  const { source, session, reporter, turnId, player, mode, startedAt, finishedAt, totalSteps, kind } = report
  const { rows } = await client.query<{ id: string }>(
    `with person as (
       select u.id, u.username from users u where u.id in (
         select user_id from assistant_turns where id = $4::uuid
         union all select user_id from gm_turns where id = $4::uuid))
     insert into trace_sessions as s (source, key, reporter, owner_id, player, mode, started_at, ended_at, total_steps)
     select $1, $2, $3, (select id from person), coalesce($5, (select username from person)), coalesce($6, 'idle'), $7,
       $8, $9
     where ($4::uuid is null or exists (select from person)) and ($4::uuid is null or $10 <> 'SESSION_ENDED'
       or exists (select from trace_sessions where source = $1 and key = $2))
     on conflict (source, key) do update set used_at = now(), player = coalesce($5, s.player),
       mode = coalesce($6, s.mode), total_steps = coalesce($9, s.total_steps),
       ended_at = coalesce($8, case when $10 <> 'SESSION_STARTED' then s.ended_at end)
     returning id::text as id`,
    [
      source,
      session,
      reporter,
      turnId,
      player,
      mode,
      startedAt,
      kind === 'SESSION_ENDED' ? finishedAt : null,
      totalSteps,
      kind,
    ],
  )
  return rows[0]?.id ?? null
}

/** The beginning of a call that is reported after its result changes nothing of how it ended. */
const IS_LATE = 'excluded.result is null and t.result is not null'

/** A call that is reported again gets what was missing of it: its result. */
async function storeStep(client: Client, session: string, report: TraceReport): Promise<void> {
  const { call, kind, step, tool, mode, input, result, lookedAt, outcome, startedAt, finishedAt, durationMs } = report
  const { subjects, inputTokens, outputTokens, parent } = report
  const json = (value: unknown) => (value === null || value === undefined ? null : jsonForPostgres(value))
  await client.query(
    `insert into trace_steps as t (session_id, call, kind, step, tool, mode, input, result, looked_at, outcome,
       started_at, finished_at, duration_ms, subjects, input_tokens, output_tokens, parent)
     select s.id, $2, $3,
       coalesce($4, 1 + (select count(*) from trace_steps where session_id = s.id and kind = 'CALL')),
       $5, coalesce($6, s.mode), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
     from trace_sessions s where s.id = $1
     on conflict (session_id, call) do update set change_id = default, tool = coalesce(excluded.tool, t.tool),
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
       parent = coalesce(excluded.parent, t.parent)`,
    [
      session,
      call,
      kind,
      step,
      tool,
      mode,
      json(input),
      json(result),
      json(lookedAt),
      outcome,
      startedAt,
      finishedAt,
      durationMs,
      json(subjects),
      inputTokens,
      outputTokens,
      parent,
    ],
  )
}
