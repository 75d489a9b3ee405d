import DataLoader from 'dataloader'
import { readColumn } from '../../shared/db/blocks/block.ts'
import type { BlockTable } from '../../shared/db/blocks/columns.ts'
import { momentOfMs, msOf, openBlocks, selectLatestBlock } from '../../shared/db/blocks/read-blocks.ts'
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
  /** Where days that are over are packed, and how a row of them is written. */
  packed?: { blocks: BlockTable; write: (row: PackedRow) => object }
}

/** A row out of a block, by its columns; moments in microseconds since 2000. */
export type PackedRow = Record<string, number | null>

/** A select of every character's newest row; more conditions may follow. */
export const selectNewest = ({ columns, now, joins = '' }: Newest): string =>
  `select c.name as character, ${columns} from ${now} n join characters c on c.id = n.character_id ${joins}`

/** Loads the newest row of characters: of now, or of history up to a moment. */
export function newestLoader<R extends { character: string }>(pool: Pool, newest: Newest) {
  const { columns, past, marked, packed, joins = '' } = newest
  const since = marked
    ? `and x.received_at >= coalesce((select max(s.received_at) from ${past} s where s.character_id = c.id
      and s.received_at <= $2 and s.${marked}), '-infinity')`
    : ''
  const ofNow = `${selectNewest(newest)} where c.name = any($1)`
  const ofThen = `select c.name as character, ${columns} from characters c
    cross join lateral (select * from ${past} x where x.character_id = c.id and x.received_at <= $2 ${since}
      order by x.received_at desc limit 1) n ${joins} where c.name = any($1)`
  const blocksThen = packed && besideBlock(newest, packed.blocks)
  return loaderAt<R>(async (names, at) => {
    if (!at) return (await pool.query<R>(kept(ofNow, [names]))).rows
    if (!blocksThen) return (await pool.query<R>(ofThen, [names, at])).rows
    const read = async (some: readonly string[], since: string) => {
      const { rows } = await pool.query<ReadThen<R>>(kept(blocksThen, [some, at, since]))
      return rows.map((row) => newestOf(row, packed, at))
    }
    const recent = await read(names, new Date(Date.parse(at) - RECENT_MS).toISOString())
    const found = new Set(recent.map(({ character }) => character))
    const missing = names.filter((name) => !found.has(name))
    return missing.length ? [...recent, ...(await read(missing, '-infinity'))] : recent
  })
}

/** Who was there lately is found in few days; all days are looked through for the others only. */
const RECENT_MS = 6 * 3_600_000

type ReadThen<R> = R & { blocks: Buffer | null; receivedAt: string | null }

/** The newest row that is not packed, and the block that has the newest one that is: after $3, up to $2. */
const besideBlock = ({ columns, past, joins = '' }: Newest, blocks: BlockTable): string =>
  `select ${columns}, p.blocks, c.name as character from characters c
   left join lateral (${selectLatestBlock(
     blocks,
     'b.character_id = c.id and b.received_at > $3 and b.received_at <= $2',
   )}) p on true
   left join lateral (select * from ${past} x where x.character_id = c.id and x.received_at > $3
     and x.received_at <= $2 order by x.received_at desc limit 1) n on true ${joins}
   where c.name = any($1) and (n.character_id is not null or p.blocks is not null)`

/** The newer one of a row and the last row of a block up to a moment. */
function newestOf<R extends { character: string }>(
  { blocks: joined, ...row }: ReadThen<R>,
  { blocks, write }: NonNullable<Newest['packed']>,
  at: string,
): R {
  const [block] = openBlocks(blocks.columns, joined)
  if (!block) return row as unknown as R
  const receivedAt = readColumn(blocks.columns[0]!, block) as number[]
  const until = momentOfMs(Date.parse(at))
  let last = block.rows - 1
  while (last > 0 && receivedAt[last]! > until) last--
  if (row.receivedAt !== null && Date.parse(row.receivedAt) >= msOf(receivedAt[last]!)) return row as unknown as R
  const values = blocks.columns.map((column) => [column.name, readColumn(column, block, last, last + 1)[0]!] as const)
  return { ...write(Object.fromEntries(values)), character: row.character } as unknown as R
}
