import type { RareEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { pageLoader } from '../../../shared/serve/page-loader.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface RareWhere {
  characters?: readonly string[] | null | undefined
  tiers?: readonly string[] | null | undefined
  since?: string | Date | null | undefined
  until?: string | Date | null | undefined
}

/** Finds that match, to be counted. */
export interface RareSelection {
  where: RareWhere
}

const SELECT = `
  select r.id::text as id, c.name as character, r.name, r.tier, r.at as "clientAt", r.received_at as "receivedAt", r.ew, r.ns, r.z
  from rares r join characters c on c.id = r.character_id`
const FILTER = `($1::text[] is null or c.name = any($1)) and ($2::text[] is null or r.tier = any($2))
  and r.received_at >= coalesce(($3::timestamptz[])[1], '-infinity')
  and r.received_at <= coalesce(($3::timestamptz[])[2], 'infinity')`
const values = (where: RareWhere) => [
  where.characters ?? null,
  where.tiers ?? null,
  [where.since ?? null, where.until ?? null],
]

/** The condition as SQL, with its values: the first three parameters. */
export const filterRares = (where: RareWhere) => ({ text: FILTER, values: values(where) as unknown[] })

/** A page of rares, newest first, one row more than asked for when more follow, and how many match. */
export async function listRares(
  pool: Pool,
  where: RareWhere,
  page: Page,
): Promise<{ rows: RareEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const [rows, count] = await Promise.all([
    pool.query<RareEvent>(
      `${SELECT} where ${FILTER} and ($4::bigint is null or r.id < $4) order by r.id desc limit $5`,
      [...values(where), after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from rares r join characters c on c.id = r.character_id where ${FILTER}`,
      values(where),
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
        `select r.id::text as id, c.name as character, r.name, r.tier, r.at as "clientAt", r.received_at as "receivedAt", r.ew, r.ns, r.z
         from characters c cross join lateral (select * from rares x where x.character_id = c.id and ($2::bigint is null or x.id < $2)
           order by x.id desc limit $3) r
         where c.name = any($1) order by c.name, r.id desc`,
        [names, after?.[0] ?? null, page.first + 1],
      ),
      pool.query<{ character: string; count: number }>(
        'select c.name as character, count(*) from rares r join characters c on c.id = r.character_id where c.name = any($1) group by 1',
        [names],
      ),
    ])
    return { rows: rows.rows, counts: counts.rows }
  })

/** The rares that match, for streams that resume. */
export const storedRares = (pool: Pool, where: RareWhere) =>
  storedFacts<RareEvent>(
    pool,
    { table: 'rares', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<RareEvent>(
          `${SELECT} where ${FILTER} and r.id > $4 and r.id <= $5 order by r.id limit $6`,
          [...values(where), after, upTo, limit],
        )
        return rows
      },
    },
  )

/** The same conditions for a rare as it is found. */
export function rareMatches(where: RareWhere): (rare: RareEvent) => boolean {
  const characters = where.characters && new Set(where.characters)
  const since = where.since ? new Date(where.since).getTime() : -Infinity
  const until = where.until ? new Date(where.until).getTime() : Infinity
  return (rare) =>
    (!characters || characters.has(rare.character)) &&
    (!where.tiers || where.tiers.includes(rare.tier)) &&
    Date.parse(rare.receivedAt) >= since &&
    Date.parse(rare.receivedAt) <= until
}
