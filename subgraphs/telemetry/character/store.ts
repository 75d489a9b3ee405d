import DataLoader from 'dataloader'
import { loaderAt, type Moment } from '../moment.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import { doingConditions, isDoing, type DoingWhere } from './doing.ts'
import { needsStore, subjectCondition, type Asker, type SubjectWhere } from '../place/subject.ts'
import { likeText, readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'

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

// Of the hour of the moment and of the beginning of its interval: blocks have rows of one hour.
const liveAt = (at: string) =>
  `(exists (select from telemetry x where x.character_id = c.id and x.received_at > ${at}::timestamptz - ${LIVE}
    and x.received_at <= ${at}::timestamptz)
  or exists (select from telemetry_blocks b where b.character_id = c.id and b.received_at <= ${at}::timestamptz
    and b.received_at >= date_trunc('hour', ${at}::timestamptz - ${LIVE}, 'UTC')
    and b.last_at > ${at}::timestamptz - ${LIVE}
    and packed_within(b.p_received_at, b.rows, ${at}::timestamptz - ${LIVE}, ${at}::timestamptz)))`

/** Whether characters were live at a moment. */
export const liveAtLoader = (pool: Pool) =>
  loaderAt<{ character: string; live: boolean }>(async (names, at) => {
    const { rows } = await pool.query<{ character: string; live: boolean }>(
      `select c.name as character, ${liveAt('$2')} as live from characters c where c.name = any($1)`,
      [names, at],
    )
    return rows
  })

export interface CharacterWhere extends SubjectWhere, DoingWhere {
  live?: boolean | null | undefined
  text?: string | null | undefined
}

export type CharacterPage = CountedPage<CharacterRef>

/**
 * A page of characters by name, one row more than asked for when more follow, and how many match. Its statement has
 * only the conditions that are asked for: the page is read all the time, and planning what is not asked for would take
 * longer than reading it.
 */
export async function listCharacters(
  pool: Pool,
  where: CharacterWhere,
  page: Page,
  at: Moment,
  asker: Asker,
): Promise<{ rows: CharacterRow[]; count: CharacterPage['count'] }> {
  const { parts, values, add } = conditionsOf(where, at, asker)
  const filter = parts.join(' and ')
  const ownValues = [...values]
  const after = readCursor(page.after, 1)
  const further = after ? ` and c.name > ${add(after[0])}` : ''
  const { rows } = await pool.query<CharacterRow>(
    `${SELECT} where ${filter}${further} order by c.name limit ${add(page.first + 1)}`,
    values,
  )
  return {
    rows,
    async count() {
      const { rows } = await pool.query<{ count: number }>(
        `select count(*) from characters c left join latest_telemetry t on t.character_id = c.id
          ${isDoing(where) ? 'left join latest_vitals v on v.character_id = c.id' : ''} where ${filter}`,
        ownValues,
      )
      return rows[0]!.count
    },
  }
}

function conditionsOf(where: CharacterWhere, at: Moment, asker: Asker) {
  const values: unknown[] = []
  const add = (value: unknown) => `$${values.push(value)}`
  const parts = ['true']
  if (where.text) parts.push(`c.name ilike ${add(likeText(where.text))}`)
  if (at) parts.push(`c.first_seen_at <= ${add(at)}::timestamptz`)
  if (where.live != null) {
    const live = at ? liveAt(`$${values.length}`) : `coalesce(t.received_at > now() - ${LIVE}, false)`
    parts.push(`${live} = ${add(where.live)}::boolean`)
  }
  parts.push(...doingConditions(where, add))
  if (where.characters || needsStore(where)) {
    const subject = subjectCondition(where, asker, { ew: 't.ew', ns: 't.ns' }, values.length + 1)
    parts.push(subject.text)
    values.push(...subject.values)
  }
  return { parts, values, add }
}
