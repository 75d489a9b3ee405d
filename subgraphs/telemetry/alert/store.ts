import type { AlertEvent } from '../../../shared/contract/watch.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { PLACE_FIELDS, type Sight } from '../sight/sight.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'

export interface AlertWhere {
  kinds?: readonly string[] | null | undefined
  characters?: readonly string[] | null | undefined
  since?: string | Date | null | undefined
}

const SELECT = `
  select a.id::text as id, a.kind, c.name as character, a.at, a.severity, a.text, a.details
  from alerts a left join characters c on c.id = a.character_id`
const FILTER = `($1::text[] is null or a.kind = any($1)) and ($2::text[] is null or c.name = any($2)) and ($3::timestamptz is null or a.at >= $3)
  and ($4::text[] is null or c.name is null or a.details ->> 'field' is null or a.details ->> 'field' <> all($5) or c.name <> all($4))
  and ($6::text[] is null or c.name is null or a.details ->> 'channel' is distinct from 'TELL' or (c.name = any($6)) = $7)`
/** The last four hold back what would tell a place or a private message; see `mayKnow` of sight.ts. */
function values(where: AlertWhere, sight: Sight): unknown[] {
  const [veiled, tells] = [sight.veiled(), sight.tells()]
  return [
    where.kinds ?? null,
    where.characters ?? null,
    where.since ?? null,
    veiled.length ? veiled : null,
    PLACE_FIELDS,
    tells?.names ?? null,
    tells?.only ?? null,
  ]
}

/** A page of alerts, newest first, one row more than asked for when more follow, and how many match. */
export async function listAlerts(
  pool: Pool,
  where: AlertWhere,
  page: Page,
  sight: Sight,
): Promise<{ rows: AlertEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const [rows, count] = await Promise.all([
    pool.query<AlertEvent>(
      `${SELECT} where ${FILTER} and ($8::bigint is null or a.id < $8) order by a.id desc limit $9`,
      [...values(where, sight), after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from alerts a left join characters c on c.id = a.character_id where ${FILTER}`,
      values(where, sight),
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** Alerts stored after the given id, oldest first: what a reader missed. */
export async function alertsAfter(pool: Pool, where: AlertWhere, id: string, sight: Sight): Promise<AlertEvent[]> {
  const { rows } = await pool.query<AlertEvent>(`${SELECT} where ${FILTER} and a.id > $8 order by a.id limit 5000`, [
    ...values(where, sight),
    id,
  ])
  return rows
}

/** The same conditions for an alert as it is raised. */
export function alertMatches(where: AlertWhere): (alert: AlertEvent) => boolean {
  const characters = where.characters && new Set<string | null>(where.characters)
  const since = where.since ? new Date(where.since).getTime() : -Infinity
  return (alert) =>
    (!characters || characters.has(alert.character)) &&
    (!where.kinds || where.kinds.includes(alert.kind)) &&
    Date.parse(alert.at) >= since
}
