// Rows of a character as blocks, and back.
import { isMoment, type BlockColumn, type BlockLayout } from './columns.ts'
import { packInts, packMoments, packReals, unpack, type Values } from './packed-column.ts'
import { Words } from './words.ts'

/** Columns of rows side by side, all of equal length; moments in microseconds since 2000, words by their numbers. */
export type ColumnLists = Record<string, (number | null)[]>

/** A block: so many rows, the bits of each column, and the words of those that have some. */
export interface Block {
  rows: number
  packed: Record<string, Buffer | null>
  words: Record<string, readonly string[]>
}

/** Two blocks fill a page of the database. */
const TARGET_BYTES = 4_060
/** A fuller block is not looked for. */
const FULL = 0.96
const MAX_ATTEMPTS = 4
const MAX_ROWS = 1_024
/** What a block has beside its columns: header, character, number of rows, first and last moment. */
const TUPLE_BYTES = 56
/** What a list of words takes beside them, and each word with what aligns it. */
const WORDS_BYTES = 24
const WORD_BYTES = 7
const FIRST_GUESS = 300

function packColumn({ kind }: BlockColumn, values: Values, receivedAt: Values): Buffer | null {
  if (kind === 'moment') return packMoments(values)
  if (kind === 'late') return packMoments(values.map((value, n) => value! - receivedAt[n]!))
  return kind === 'real' ? packReals(values) : packInts(values)
}

/** Rows that are packed: their columns, their values, and the texts that their words are numbers of. */
interface Rows {
  columns: readonly BlockColumn[]
  lists: ColumnLists
  words: Words
}

function packRows({ columns, lists, words }: Rows, from: number, to: number): Block {
  const receivedAt = lists['received_at']!.slice(from, to)
  const block: Block = { rows: to - from, packed: {}, words: {} }
  for (const column of columns) {
    let values: Values = lists[column.name]!.slice(from, to)
    if (column.kind === 'word') {
      const own = new Words()
      values = values.map((value) => (value === null ? null : own.numberOf(words.list[value]!)))
      block.words[column.name] = own.list
    }
    block.packed[column.name] = packColumn(column, values, receivedAt)
  }
  return block
}

/** What a block takes in the database: short values have a header of one byte, and all of them their length in bits. */
function bytesOf({ packed, words }: Block): number {
  let bytes = TUPLE_BYTES
  for (const value of Object.values(packed)) if (value) bytes += value.length + (value.length < 122 ? 5 : 11)
  for (const list of Object.values(words)) {
    bytes += WORDS_BYTES
    for (const word of list) bytes += Buffer.byteLength(word) + WORD_BYTES
  }
  return bytes
}

/** The largest block from a row on that fits half a page, as a few attempts find it. */
function nextBlock(rows: Rows, from: number, guess: number): Block {
  const most = Math.min(MAX_ROWS, rows.lists['received_at']!.length - from)
  let best = packRows(rows, from, from + 1)
  let count = Math.min(guess, most)
  for (let attempt = 0; attempt < MAX_ATTEMPTS && count > best.rows; attempt++) {
    const block = packRows(rows, from, from + count)
    const bytes = bytesOf(block)
    const fits = bytes <= TARGET_BYTES
    if (fits) best = block
    if (fits && bytes > FULL * TARGET_BYTES) break
    const scaled = Math.floor((count * (1 + FULL) * TARGET_BYTES) / 2 / bytes)
    count = Math.min(most, fits ? Math.max(scaled, count + 1) : Math.min(scaled, count - 1))
  }
  return best
}

/**
 * Packs the rows of one character, in order of `received_at`, into blocks of as many rows as fill half a page.
 * @param words the texts that numbers in columns of words stand for
 */
export function packBlocks({ columns }: BlockLayout, lists: ColumnLists, words: Words): Block[] {
  const blocks: Block[] = []
  let guess = FIRST_GUESS
  for (let from = 0; from < lists['received_at']!.length;) {
    const block = nextBlock({ columns, lists, words }, from, guess)
    blocks.push(block)
    guess = block.rows
    from += block.rows
  }
  return blocks
}

/** Some values of a column of a block, from one row up to another; of words their places in the block's own list. */
export function readColumn(column: BlockColumn, { rows, packed }: Block, from = 0, to = rows): (number | null)[] {
  const values = unpack(packed[column.name]!, isMoment(column), from, to)
  if (column.kind !== 'late') return values
  const receivedAt = unpack(packed['received_at']!, true, from, to)
  return values.map((value, n) => value! + receivedAt[n]!)
}
