import type { RareEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { pageLoader } from '../../../shared/serve/page-loader.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import { unknownName } from '../../../shared/serve/known-names.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'
import type { Condition } from '../../../shared/access/conditions.ts'
import { rares, rareTier } from '../../../shared/world/dereth/rares.ts'
import { subjectCondition, SUBJECT_VALUES, withStoredSubject, type Asker, type SubjectWhere } from '../place/subject.ts'

export interface RareWhere extends SubjectWhere {
  names?: readonly string[] | null | undefined
  tiers?: readonly string[] | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

/** Finds that match, to be counted. */
export interface RareSelection {
  where: RareWhere
  asker: Asker
}

const SELECT = `
  select r.id::text as id, c.name as character, r.name, r.tier, r.at as "clientAt", r.received_at as "receivedAt",
    r.ew, r.ns, r.z
  from rares r join characters c on c.id = r.character_id`
const OWN_VALUES = 3
/** Number of the first placeholder after those of the filter. */
export const AFTER_FILTER = OWN_VALUES + SUBJECT_VALUES + 1

/** The condition as SQL, with its values: the first parameters. */
export function filterRares(where: RareWhere, asker: Asker): Condition {
  const subject = subjectCondition(where, asker, { ew: 'r.ew', ns: 'r.ns' }, OWN_VALUES + 1)
  return {
    text: `($1::text[] is null or r.tier = any($1)) and ($2::text[] is null or lower(r.name) = any($2))
      and r.received_at >= coalesce(($3::timestamptz[])[1], '-infinity')
      and r.received_at <= coalesce(($3::timestamptz[])[2], 'infinity') and ${subject.text}`,
    values: [
      where.tiers ?? null,
      where.names?.map((name) => name.toLowerCase()) ?? null,
      [where.since ?? null, where.until ?? null],
      ...subject.values,
    ],
  }
}

/** The filter with stored names. Throws NOT_FOUND with the nearest for a character, group or rare that is unknown. */
export async function withStoredRares(pool: Pool, where: RareWhere | null | undefined): Promise<RareWhere> {
  const stored = await withStoredSubject(pool, where)
  const unlisted = where?.names?.filter((name) => rareTier(name) === 'UNKNOWN') ?? []
  if (!unlisted.length) return stored
  const { rows } = await pool.query<{ name: string }>('select distinct name from rares order by name')
  const known = new Set(rows.map(({ name }) => name.toLowerCase()))
  const unknown = unlisted.filter((name) => !known.has(name.toLowerCase()))
  if (unknown.length)
    throw unknownName(
      'rare',
      unknown,
      [...rares, ...rows].map(({ name }) => name),
      'BAD_USER_INPUT',
    )
  return stored
}

/** A page of rares, newest first, one row more than asked for when more follow, and how many match. */
export async function listRares(
  pool: Pool,
  where: RareWhere,
  page: Page,
  asker: Asker,
): Promise<{ rows: RareEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const { text, values } = filterRares(where, asker)
  const [id, most] = [`$${AFTER_FILTER}`, `$${AFTER_FILTER + 1}`]
  const [rows, count] = await Promise.all([
    pool.query<RareEvent>(
      `${SELECT} where ${text} and (${id}::bigint is null or r.id < ${id}) order by r.id desc limit ${most}`,
      [...values, after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from rares r join characters c on c.id = r.character_id where ${text}`,
      values,
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** Pages of single characters' rares, newest first. */
export const raresLoader = (pool: Pool) =>
  pageLoader<RareEvent>(async (names, page) => {
    const after = readCursor(page.after, 1)
    const [rows, counts] = await Promise.all([
      pool.query<RareEvent>(
        `select r.id::text as id, c.name as character, r.name, r.tier, r.at as "clientAt",
          r.received_at as "receivedAt", r.ew, r.ns, r.z
         from characters c cross join lateral (select * from rares x where x.character_id = c.id
           and ($2::bigint is null or x.id < $2)
           order by x.id desc limit $3) r
         where c.name = any($1) order by c.name, r.id desc`,
        [names, after?.[0] ?? null, page.first + 1],
      ),
      pool.query<{ character: string; count: number }>(
        `select c.name as character, count(*) from rares r join characters c on c.id = r.character_id
          where c.name = any($1) group by 1`,
        [names],
      ),
    ])
    return { rows: rows.rows, counts: counts.rows }
  })

/** The rares that match, for streams that resume. */
export const storedRares = (pool: Pool, where: RareWhere, asker: Asker) =>
  storedFacts<RareEvent>(
    pool,
    { table: 'rares', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { text, values } = filterRares(where, asker)
        const [above, last, most] = [0, 1, 2].map((n) => `$${AFTER_FILTER + n}`)
        const { rows } = await pool.query<RareEvent>(
          `${SELECT} where ${text} and r.id > ${above} and r.id <= ${last} order by r.id limit ${most}`,
          [...values, after, upTo, limit],
        )
        return rows
      },
    },
  )

/** The same conditions for a rare as it is found. */
export function rareMatches(where: RareWhere): (rare: RareEvent) => boolean {
  const characters = where.characters && new Set(where.characters)
  const names = where.names && new Set(where.names.map((name) => name.toLowerCase()))
  const since = where.since ? new Date(where.since).getTime() : -Infinity
  const until = where.until ? new Date(where.until).getTime() : Infinity
  return (rare) =>
    (!characters || characters.has(rare.character)) &&
    (!where.tiers || where.tiers.includes(rare.tier)) &&
    (!names || names.has(rare.name.toLowerCase())) &&
    Date.parse(rare.receivedAt) >= since &&
    Date.parse(rare.receivedAt) <= until
}
