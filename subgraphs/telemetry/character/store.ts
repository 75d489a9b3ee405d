import DataLoader from 'dataloader'
import { loaderAt, type Moment } from '../moment.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import { subjectCondition, type Asker, type SubjectWhere } from '../place/subject.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'

/** A character is live while telemetry arrived this lately, by our clock. */
const LIVE = "interval '30 seconds'"

export interface CharacterRow {
  name: string
  tag: string | null
  firstSeenAt: string
  lastSeenAt: string
  live: boolean
}

/** A character anywhere in the graph: by name alone, or with its row at hand. */
export interface CharacterRef {
  name: string
  row?: CharacterRow
}

const SELECT = `
  select c.name, c.tag, c.first_seen_at as "firstSeenAt", greatest(c.last_seen_at, t.received_at,
    v.received_at) as "lastSeenAt",
    coalesce(t.received_at > now() - ${LIVE}, false) as live
  from characters c left join latest_telemetry t on t.character_id = c.id left
    join latest_vitals v on v.character_id = c.id`

export function characterLoader(pool: Pool) {
  return new DataLoader<string, CharacterRow | null>(async (names) => {
    const { rows } = await pool.query<CharacterRow>(kept(`${SELECT} where c.name = any($1)`, [names]))
    const byName = new Map(rows.map((row) => [row.name, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

const liveAt = (at: string) =>
  `exists (select from telemetry x where x.character_id = c.id and x.received_at > ${at}::timestamptz - ${LIVE}
    and x.received_at <= ${at}::timestamptz)`

/** Whether characters were live at a moment. */
export const liveAtLoader = (pool: Pool) =>
  loaderAt<{ character: string; live: boolean }>(async (names, at) => {
    const { rows } = await pool.query<{ character: string; live: boolean }>(
      `select c.name as character, ${liveAt('$2')} as live from characters c where c.name = any($1)`,
      [names, at],
    )
    return rows
  })

export interface CharacterWhere extends SubjectWhere {
  live?: boolean | null | undefined
  text?: string | null | undefined
}

/** A page of characters by name, one row more than asked for when more follow, and how many match. */
export async function listCharacters(
  pool: Pool,
  where: CharacterWhere,
  page: Page,
  at: Moment,
  asker: Asker,
): Promise<{ rows: CharacterRow[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const subject = subjectCondition(where, asker, { ew: 't.ew', ns: 't.ns' }, 4)
  const filter = `($1::text is null or c.name ilike $1)
    and ($2::boolean is null or ${at ? liveAt('$3') : `coalesce(t.received_at > now() - ${LIVE}, false)`} = $2)
    and ($3::timestamptz is null or c.first_seen_at <= $3) and ${subject.text}`
  const values = [where.text ? likeText(where.text) : null, where.live ?? null, at, ...subject.values]
  const [from, most] = [1, 2].map((n) => `$${values.length + n}`)
  const [rows, count] = await Promise.all([
    pool.query<CharacterRow>(
      `${SELECT} where ${filter} and (${from}::text is null or c.name > ${from}) order by c.name limit ${most}`,
      [...values, after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from characters c left join latest_telemetry t on t.character_id = c.id where ${filter}`,
      values,
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
