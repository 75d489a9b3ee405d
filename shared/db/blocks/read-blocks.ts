// Blocks out of the database: all blocks of a character in one value, one after the other.
import { readColumn, type Block, type ColumnLists } from './block.ts'
import { packedName, wordsName, type BlockColumn, type BlockLayout } from './columns.ts'
import { Words } from './words.ts'

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
export const columnsNamed = ({ columns }: BlockLayout, names: readonly string[]): BlockColumn[] =>
  names.map((name) => columns.find((column) => column.name === name)!)

/** The words of a column as JSON, after the number of its bytes. */
function wordsAsBytes(column: BlockColumn): string {
  const json = `convert_to(array_to_json(b.${wordsName(column)})::text, 'UTF8')`
  return `coalesce(int4send(length(${json})) || ${json}, ${NOTHING})`
}

/** One block as bytes: its number of rows, then the bits of each column after their number, and its words. */
const asBytes = (columns: readonly BlockColumn[]): string =>
  [
    'int4send(b.rows)',
    ...columns.flatMap((column) => [
      `coalesce(varbit_send(b.${packedName(column)}), ${NOTHING})`,
      ...(column.kind === 'word' ? [wordsAsBytes(column)] : []),
    ]),
  ].join(' || ')

/**
 * A select of one row with one value, `blocks`, for `openBlocks`; null without any.
 * @param columns that are read; with `at` also `received_at`
 * @param where on blocks `b`
 */
export const selectBlocks = ({ blocks }: BlockLayout, columns: readonly BlockColumn[], where: string): string =>
  `select string_agg(bytes, ''::bytea) as blocks
   from (select ${asBytes(columns)} as bytes from ${blocks} b where ${where} order by b.received_at) joined`

/**
 * The same for the block that has the newest row up to a moment, and its number of `rows`.
 * @param where on blocks `b`, the latest of which is read; no row without any
 */
export const selectLatestBlock = ({ blocks, columns }: BlockLayout, where: string): string =>
  `select b.rows, ${asBytes(columns)} as blocks from ${blocks} b where ${where} order by b.received_at desc limit 1`

/** Blocks as `selectBlocks` gives them, oldest first. */
export function openBlocks(columns: readonly BlockColumn[], joined: Buffer | null): Block[] {
  const opened: Block[] = []
  for (let at = 0; joined && at < joined.length;) {
    const block: Block = { rows: joined.readInt32BE(at), packed: {}, words: {} }
    at += LENGTH_BYTES
    const take = (length: number) => {
      const bytes = joined.subarray(at + LENGTH_BYTES, at + LENGTH_BYTES + length)
      at += LENGTH_BYTES + length
      return length ? bytes : null
    }
    for (const { name, kind } of columns) {
      block.packed[name] = take(Math.ceil(joined.readInt32BE(at) / 8))
      if (kind !== 'word') continue
      const json = take(joined.readInt32BE(at))
      block.words[name] = json ? (JSON.parse(json.toString()) as string[]) : []
    }
    opened.push(block)
  }
  return opened
}

/** Some values of a column of a block, from one row up to another; words by their numbers in `words`. */
export function readValues(
  column: BlockColumn,
  block: Block,
  words: Words,
  from = 0,
  to = block.rows,
): (number | null)[] {
  const values = readColumn(column, block, from, to)
  if (column.kind !== 'word') return values
  const numbers = block.words[column.name]!.map((word) => words.numberOf(word))
  return values.map((place) => (place === null ? null : numbers[place]!))
}

/**
 * The rows of blocks whose `received_at` lies between two moments, in milliseconds since 1970; columns side by side, in
 * order of receipt.
 * @param within whether a row belongs to them, by its milliseconds
 * @param words takes the texts that the numbers in columns of words stand for
 */
export function rowsWithin(
  columns: readonly BlockColumn[],
  joined: Buffer | null,
  within: (ms: number) => boolean,
  words = new Words(),
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
      for (const value of readValues(column, block, words, from, to)) list.push(value)
    }
  }
  return lists
}
