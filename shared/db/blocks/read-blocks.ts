// Blocks out of the database: all blocks of a character in one value, one after the other.
import { readColumn, type Block, type ColumnLists } from './block.ts'
import { packedName, type BlockColumn, type BlockTable } from './columns.ts'

/** No block has rows of two hours of our clock. */
const HOUR_MS = 3_600_000
/** Microseconds from 1970 to 2000, where moments of Postgres begin. */
export const EPOCH_US = 946_684_800_000_000

/** Where the hour of a moment begins: blocks that hold rows of this moment and later begin no earlier. */
export const hourStart = (ms: number): Date => new Date(Math.floor(ms / HOUR_MS) * HOUR_MS)

/** Milliseconds since 1970 of a moment as blocks have it. */
export const msOf = (moment: number): number => (moment + EPOCH_US) / 1000
/** A moment as blocks have it, of milliseconds since 1970. */
export const momentOfMs = (ms: number): number => ms * 1000 - EPOCH_US

const LENGTH_BYTES = 4
const NOTHING = "'\\x00000000'::bytea"

/** Some columns of a table that is packed, in the order in which `selectBlocks` reads them. */
export const columnsNamed = ({ columns }: BlockTable, names: readonly string[]): BlockColumn[] =>
  names.map((name) => columns.find((column) => column.name === name)!)

/** One block as bytes: its number of rows, then the bits of each column after their number. */
const asBytes = (columns: readonly BlockColumn[]): string =>
  ['int4send(b.rows)', ...columns.map((column) => `coalesce(varbit_send(b.${packedName(column)}), ${NOTHING})`)].join(
    ' || ',
  )

/**
 * A select of one row with one value, `blocks`, for `openBlocks`; null without any.
 * @param columns that are read; with `at` also `received_at`
 * @param where on blocks `b`
 */
export const selectBlocks = ({ blocks }: BlockTable, columns: readonly BlockColumn[], where: string): string =>
  `select string_agg(bytes, ''::bytea) as blocks
   from (select ${asBytes(columns)} as bytes from ${blocks} b where ${where} order by b.received_at) joined`

/**
 * The same for the block that has the newest row up to a moment.
 * @param where on blocks `b`, the latest of which is read; no row without any
 */
export const selectLatestBlock = ({ blocks, columns }: BlockTable, where: string): string =>
  `select ${asBytes(columns)} as blocks from ${blocks} b where ${where} order by b.received_at desc limit 1`

/** Blocks as `selectBlocks` gives them, oldest first. */
export function openBlocks(columns: readonly BlockColumn[], joined: Buffer | null): Block[] {
  const opened: Block[] = []
  for (let at = 0; joined && at < joined.length;) {
    const block: Block = { rows: joined.readInt32BE(at), packed: {} }
    at += LENGTH_BYTES
    for (const { name } of columns) {
      const length = Math.ceil(joined.readInt32BE(at) / 8)
      at += LENGTH_BYTES
      block.packed[name] = length ? joined.subarray(at, at + length) : null
      at += length
    }
    opened.push(block)
  }
  return opened
}

/**
 * The rows of blocks whose `received_at` lies between two moments, in milliseconds since 1970; columns side by side, in
 * order of receipt.
 * @param within whether a row belongs to them, by its milliseconds
 */
export function rowsWithin(
  columns: readonly BlockColumn[],
  joined: Buffer | null,
  within: (ms: number) => boolean,
): ColumnLists {
  const lists: ColumnLists = Object.fromEntries(columns.map(({ name }) => [name, []]))
  for (const block of openBlocks(columns, joined)) {
    const receivedAt = readColumn(
      columns.find(({ name }) => name === 'received_at')!,
      block,
    ) as number[]
    let from = 0
    while (from < block.rows && !within(msOf(receivedAt[from]!))) from++
    let to = block.rows
    while (to > from && !within(msOf(receivedAt[to - 1]!))) to--
    for (const column of columns) {
      const list = lists[column.name]!
      for (const value of readColumn(column, block, from, to)) list.push(value)
    }
  }
  return lists
}
