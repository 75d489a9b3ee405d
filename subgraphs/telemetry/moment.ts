import DataLoader from 'dataloader'
import { kept, type Pool } from '../../shared/db/pool.ts'

/** A moment asked about: ISO text, or null for now. */
export type Moment = string | null

/** The moment of an `at` argument. */
export const momentOf = (at: Date | string | null | undefined): Moment =>
  at == null ? null : new Date(at).toISOString()

export interface KeyAt {
  name: string
  at: Moment
}

/** Loads rows of characters as they were at a moment: all that ask for the same moment in one statement. */
export function loaderAt<R extends { character: string }>(
  read: (names: readonly string[], at: Moment) => Promise<readonly R[]>,
) {
  return new DataLoader<KeyAt, R | null, string>(
    async (keys) => {
      const found = new Map<string, R>()
      for (const at of new Set(keys.map((key) => key.at))) {
        const rows = await read(
          keys.filter((key) => key.at === at).map((key) => key.name),
          at,
        )
        for (const row of rows) found.set(`${at} ${row.character}`, row)
      }
      return keys.map(({ name, at }) => found.get(`${at} ${name}`) ?? null)
    },
    { cacheKeyFn: ({ name, at }) => `${at} ${name}` },
  )
}

/**
 * Where the newest row of each character stands, and where all before it do. Rows are called `n`, their characters
 * `c`.
 */
export interface Newest {
  columns: string
  now: string
  past: string
  /**
   * Where rows are marked now and then, the condition on those that are: the newest marked one is found first, and
   * none before it is read.
   */
  marked?: string
  joins?: string
}

/** A select of every character's newest row; more conditions may follow. */
export const selectNewest = ({ columns, now, joins = '' }: Newest): string =>
  `select c.name as character, ${columns} from ${now} n join characters c on c.id = n.character_id ${joins}`

/** Loads the newest row of characters: of now, or of history up to a moment. */
export function newestLoader<R extends { character: string }>(pool: Pool, newest: Newest) {
  const { columns, past, marked, joins = '' } = newest
  const since = marked
    ? `and x.received_at >= coalesce((select max(s.received_at) from ${past} s where s.character_id = c.id
      and s.received_at <= $2 and s.${marked}), '-infinity')`
    : ''
  const ofNow = `${selectNewest(newest)} where c.name = any($1)`
  const ofThen = `select c.name as character, ${columns} from characters c
    cross join lateral (select * from ${past} x where x.character_id = c.id and x.received_at <= $2 ${since}
      order by x.received_at desc limit 1) n ${joins} where c.name = any($1)`
  return loaderAt<R>(async (names, at) => {
    const { rows } = at ? await pool.query<R>(ofThen, [names, at]) : await pool.query<R>(kept(ofNow, [names]))
    return rows
  })
}
