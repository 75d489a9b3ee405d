import DataLoader from 'dataloader'
import type { BlockColumn, BlockTable } from '../../shared/db/blocks/columns.ts'
import { momentOfMs, msOf, openBlocks, readValues, selectLatestBlock } from '../../shared/db/blocks/read-blocks.ts'
import { Words } from '../../shared/db/blocks/words.ts'
import { kept, type Pool } from '../../shared/db/pool.ts'
import { shortest } from './numbers.ts'

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
  joins?: string
  /** Where days that are over are packed. */
  blocks: BlockTable
  /** A row out of a block, as `columns` say it. */
  write: (row: PackedRow) => object
  /** Adds to written rows what `joins` adds to others. */
  complete?: (pool: Pool, rows: readonly { row: PackedRow; written: object }[]) => Promise<void>
}

/** A row out of a block, by its columns. */
export interface PackedRow {
  /** The number of a column, moments in microseconds since 2000. */
  number(column: string): number | null
  /** A moment as ISO text. */
  moment(column: string): string
  /** A real by its fewest digits. */
  real(column: string): number | null
  /** The text of a column of words. */
  word(column: string): string | null
}

/** A select of every character's newest row; more conditions may follow. */
export const selectNewest = ({ columns, now, joins = '' }: Newest): string =>
  `select c.name as character, ${columns} from ${now} n join characters c on c.id = n.character_id ${joins}`

/** Loads the newest row of characters: of now, or of history up to a moment. */
export function newestLoader<R extends { character: string }>(pool: Pool, newest: Newest) {
  const ofNow = `${selectNewest(newest)} where c.name = any($1)`
  const ofThen = newestThen(newest)
  return loaderAt<R>(async (names, at) => {
    if (!at) return (await pool.query<R>(kept(ofNow, [names]))).rows
    const read = async (some: readonly string[], since: string): Promise<R[]> => {
      const { rows } = await pool.query<ReadThen<R>>(kept(ofThen, [some, at, since]))
      const found = rows.map((row) => ({ read: row, row: packedRowOf(row, newest, at) }))
      const packed = found.flatMap(({ read, row }) =>
        row ? [{ row, written: Object.assign(read, newest.write(row)) }] : [],
      )
      if (packed.length) await newest.complete?.(pool, packed)
      return rows
    }
    const recent = await read(names, new Date(Date.parse(at) - RECENT_MS).toISOString())
    const found = new Set(recent.map(({ character }) => character))
    const missing = names.filter((name) => !found.has(name))
    return missing.length ? [...recent, ...(await read(missing, '-infinity'))] : recent
  })
}

/** Who was there lately is found in few days; all days are looked through for the others only. */
const RECENT_MS = 6 * 3_600_000

type ReadThen<R> = R & { blocks?: Buffer | null; receivedAt: string | null }

/** The newest row that is not packed, and the block that has the newest one that is: after $3, up to $2. */
const newestThen = ({ columns, past, joins = '', blocks }: Newest): string =>
  `select ${columns}, p.blocks, c.name as character from characters c
   left join lateral (${selectLatestBlock(
     blocks,
     'b.character_id = c.id and b.received_at > $3 and b.received_at <= $2',
   )}) p on true
   left join lateral (select * from ${past} x where x.character_id = c.id and x.received_at > $3
     and x.received_at <= $2 order by x.received_at desc limit 1) n on true ${joins}
   where c.name = any($1) and (n.character_id is not null or p.rows is not null)`

/** The last row of a block up to a moment, unless the row beside it is newer. */
function packedRowOf<R>(read: ReadThen<R>, { blocks: { columns } }: Newest, at: string): PackedRow | null {
  const [block] = openBlocks(columns, read.blocks ?? null)
  delete read.blocks
  if (!block) return null
  const words = new Words()
  const valueAt = (column: BlockColumn, n: number) => readValues(column, block, words, n, n + 1)[0]!
  const until = momentOfMs(Date.parse(at))
  const last = lastUpTo(block.rows, (n) => valueAt(columns[0]!, n)! <= until)
  if (read.receivedAt !== null && Date.parse(read.receivedAt) >= msOf(valueAt(columns[0]!, last)!)) return null
  const number = (name: string) =>
    valueAt(
      columns.find((column) => column.name === name)!,
      last,
    )
  const ofNumber = <T>(name: string, of: (value: number) => T): T | null => {
    const value = number(name)
    return value === null ? null : of(value)
  }
  return {
    number,
    moment: (name) => new Date(msOf(number(name)!)).toISOString(),
    real: (name) => ofNumber(name, shortest),
    word: (name) => ofNumber(name, (place) => words.list[place]!),
  }
}

/** The last of so many rows in order that is early enough, the first if none is. */
function lastUpTo(rows: number, isEarly: (n: number) => boolean): number {
  let [low, high] = [0, rows]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isEarly(middle)) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
