import type { AuditBy } from '../../../shared/auth/audit.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'

export interface AuditRow {
  id: string
  at: string
  actor: string
  actorKind: AuditBy['kind']
  action: string
  subject: string | null
  details: unknown
  outcome: string | null
  address: string | null
}

export interface AuditWhere {
  actions?: readonly string[] | null | undefined
  actor?: string | null | undefined
  subject?: string | null | undefined
  succeeded?: boolean | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

const FILTER = `($1::text[] is null or lower(action) = any($1)) and ($2::text is null or lower(viewer_name) = lower($2))
  and ($3::text is null or lower(subject) = lower($3)) and ($4::boolean is null or coalesce(outcome = 'OK', false) = $4)
  and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at <= $6)`

/** A page of entries, newest first, one row more than asked for when more follow, and how many match. */
export async function listAudit(
  pool: Pool,
  { actions, actor, subject, succeeded, since, until }: AuditWhere,
  page: Page,
): Promise<{ rows: AuditRow[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const wanted = actions?.map((action) => action.toLowerCase()) ?? null
  const values = [wanted, actor ?? null, subject ?? null, succeeded ?? null, since ?? null, until ?? null]
  const [rows, count] = await Promise.all([
    pool.query<AuditRow>(
      `select id::text as id, at, viewer_name as actor, viewer_kind as "actorKind", action, subject, details, outcome,
        address
       from audit where ${FILTER} and ($7::bigint is null or id < $7) order by audit.id desc limit $8`,
      [...values, after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(`select count(*) from audit where ${FILTER}`, values),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
