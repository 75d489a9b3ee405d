import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import type { McpTransport } from '../generated/resolvers.ts'

export interface McpCallRow {
  id: string
  at: string
  actor: string
  actorKind: 'user' | 'token'
  transport: McpTransport
  tool: string
  arguments: unknown
  client: string | null
  rowCount: number | null
  durationMs: number
  outcome: string
  trace: string | null
}

export interface McpCallWhere {
  tools?: readonly string[] | null | undefined
  actor?: string | null | undefined
  client?: string | null | undefined
  transport?: McpTransport | null | undefined
  succeeded?: boolean | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

const FILTER = `($1::text[] is null or tool = any($1)) and ($2::text is null or lower(viewer_name) = lower($2))
  and ($3::text is null or client = $3) and ($4::text is null or transport = $4)
  and ($5::boolean is null or (outcome = 'OK') = $5)
  and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at <= $7)`

/** A page of calls, newest first, one row more than asked for when more follow, and how many match. */
export async function listMcpCalls(
  pool: Pool,
  { tools, actor, client, transport, succeeded, since, until }: McpCallWhere,
  page: Page,
): Promise<{ rows: McpCallRow[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const values = [tools, actor, client, transport, succeeded, since, until].map((value) => value ?? null)
  const [rows, count] = await Promise.all([
    pool.query<McpCallRow>(
      `select id::text as id, at, viewer_name as actor, viewer_kind as "actorKind", transport, tool, arguments, client,
         row_count as "rowCount", duration_ms as "durationMs", outcome, trace
       from mcp_calls where ${FILTER} and ($8::bigint is null or id < $8) order by mcp_calls.id desc limit $9`,
      [...values, after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(`select count(*) from mcp_calls where ${FILTER}`, values),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
