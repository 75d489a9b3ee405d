import { alertCondition } from '../../../shared/access/conditions.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import { subjectCondition, type Asker, type SubjectWhere } from '../place/subject.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface AlertWhere extends SubjectWhere {
  kinds?: readonly string[] | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

const SELECT = `
  select a.id::text as id, a.kind, c.name as character, a.at, a.severity, a.text, a.details, a.ew, a.ns, a.z
  from alerts a left join characters c on c.id = a.character_id`

/** The condition of a list: what is asked for, without what is kept from this viewer. */
function conditionOf(where: AlertWhere, asker: Asker) {
  const visible = alertCondition(asker.privacy, { details: 'a.details', character: 'c.name' }, 3)
  const subject = subjectCondition(where, asker, { ew: 'a.ew', ns: 'a.ns' }, 3 + visible.values.length)
  const values = [where.kinds ?? null, [where.since ?? null, where.until ?? null], ...visible.values, ...subject.values]
  return {
    text: `($1::text[] is null or a.kind = any($1)) and a.at >= coalesce(($2::timestamptz[])[1], '-infinity')
      and a.at <= coalesce(($2::timestamptz[])[2], 'infinity') and ${visible.text} and ${subject.text}`,
    values,
    /** The n-th placeholder after those of the condition. */
    next: (n: number) => `$${values.length + n}`,
  }
}

/** A page of alerts, newest first, one row more than asked for when more follow, and how many match. */
export async function listAlerts(
  pool: Pool,
  where: AlertWhere,
  page: Page,
  asker: Asker,
): Promise<{ rows: AlertEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const { text, values, next } = conditionOf(where, asker)
  const [rows, count] = await Promise.all([
    pool.query<AlertEvent>(
      `${SELECT} where ${text} and (${next(1)}::bigint is null or a.id < ${next(1)}) order by a.id desc
        limit ${next(2)}`,
      [...values, after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from alerts a left join characters c on c.id = a.character_id where ${text}`,
      values,
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** The alerts that match and that this viewer may see, for streams that resume. */
export const storedAlerts = (pool: Pool, where: AlertWhere, asker: Asker) =>
  storedFacts<AlertEvent>(
    pool,
    { table: 'alerts', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { text, values, next } = conditionOf(where, asker)
        const { rows } = await pool.query<AlertEvent>(
          `${SELECT} where ${text} and a.id > ${next(1)} and a.id <= ${next(2)} order by a.id limit ${next(3)}`,
          [...values, after, upTo, limit],
        )
        return rows
      },
    },
  )

/** The same conditions for an alert as it is raised. */
export function alertMatches(where: AlertWhere): (alert: AlertEvent) => boolean {
  const characters = where.characters && new Set<string | null>(where.characters)
  const since = where.since ? new Date(where.since).getTime() : -Infinity
  const until = where.until ? new Date(where.until).getTime() : Infinity
  return (alert) =>
    (!characters || characters.has(alert.character)) &&
    (!where.kinds || where.kinds.includes(alert.kind)) &&
    Date.parse(alert.at) >= since &&
    Date.parse(alert.at) <= until
}
