// Rows of a stretch that lie in blocks, as the lists that statements make of those that do not.
import type { BlockColumn, BlockLayout } from '../../../shared/db/blocks/columns.ts'
import { msOf, rowsWithin, selectBlocks } from '../../../shared/db/blocks/read-blocks.ts'
import type { Words } from '../../../shared/db/blocks/words.ts'
import { roundedEven } from '../numbers.ts'
import { pick, type Lists } from './samples.ts'

/** Bounds of a stretch as a statement has them: seconds since 1970, and the moment at which its first hour begins. */
interface Bounds {
  from: string
  to: string
  hour: string
}

/**
 * A select of characters `c` with what a statement `t` finds by their names, and with the blocks `p` that touch a
 * stretch: one statement, so that a row that is being packed is neither missed nor counted twice.
 */
export const joinedBlocks = (
  layout: BlockLayout,
  columns: readonly BlockColumn[],
  { from, to, hour }: Bounds,
  text: string,
): string => {
  const blocks = selectBlocks(
    layout,
    columns,
    `b.character_id = c.id and b.received_at >= ${hour} and b.received_at <= to_timestamp(${to})
     and b.last_at > to_timestamp(${from})`,
  )
  return `select t.*, p.blocks, c.name from characters c cross join lateral (${blocks}) p
    left join (${text}) t on t.name = c.name`
}

/** The column behind a list, and how its values are written. */
type ListOf = readonly [column: string, write?: (value: number) => number]

/**
 * The rows of blocks within a stretch: `ms` since it began, `late` by how many seconds they came after they were
 * reported if `at` is read, and other lists by name.
 * @param words takes the texts that the numbers in columns of words stand for
 */
export function unpackedLists(
  columns: readonly BlockColumn[],
  blocks: Buffer,
  { fromS, toS }: { fromS: number; toS: number },
  listsOf: Readonly<Record<string, ListOf>>,
  words?: Words,
): Lists {
  const begin = fromS * 1000
  const packed = rowsWithin(columns, blocks, (ms) => ms > begin && ms <= toS * 1000, words)
  const receivedAt = packed['received_at'] as number[]
  const lists: Lists = { ms: receivedAt.map((moment) => roundedEven(msOf(moment) - begin)) }
  const at = packed['at'] as number[] | undefined
  if (at) lists['late'] = at.map((moment, n) => roundedEven((receivedAt[n]! - moment) / 1e6))
  for (const [name, [column, write]] of Object.entries(listsOf)) {
    const list = packed[column]!
    lists[name] = write ? list.map((value) => (value === null ? null : write(value))) : list
  }
  return lists
}

/** Rows of blocks and others in order of receipt. */
export function inOrder(packed: Lists, others: Lists): Lists {
  const both: Lists = Object.fromEntries(
    Object.entries(packed).map(([name, list]) => [name, [...list, ...others[name]!]]),
  )
  if (others['ms']!.length === 0) return both
  const ms = both['ms'] as number[]
  const order = [...ms.keys()].sort((a, b) => ms[a]! - ms[b]! || a - b)
  return pick(both, order)
}

/** A number in parts, within what whole numbers hold, as the statements write it. */
export const wholeOf = (value: number, parts: number): number =>
  roundedEven((value < 1e6 ? Math.max(-1e6, value) : 1e6) * parts)
