// History out of blocks: the same buckets as the database counts of rows.
import { SLOT_S } from '../../../shared/contract/history-buckets.ts'
import type { ColumnLists } from '../../../shared/db/blocks/block.ts'
import { msOf } from '../../../shared/db/blocks/read-blocks.ts'
import { shortest } from '../numbers.ts'
import type { Stretch } from './stretch.ts'

/** One bucket: which one, and of each column its first, least, greatest and last value. */
export interface Bucket {
  bucket: number
  frames: number
  online: number
  figures: Record<string, Figures>
}

interface Figures {
  first: number | null
  min: number | null
  max: number | null
  last: number | null
}

/** The number of the bucket that a second falls into. */
function bucketOf({ fromS, bucketS, edgesS }: Stretch): (second: number) => number {
  if (!edgesS) return (second) => Math.floor((second - fromS) / bucketS!)
  let bucket = 0
  return (second) => {
    while (bucket + 1 < edgesS.length && edgesS[bucket + 1]! <= second) bucket++
    return bucket
  }
}

/** Rows of one bucket: from one up to another. */
interface Run {
  bucket: Bucket
  from: number
  to: number
}

/** Rows by bucket. They are in order, so those of a bucket follow each other. */
function runsOf(receivedAt: readonly number[], stretch: Stretch): Run[] {
  const place = bucketOf(stretch)
  const runs: Run[] = []
  let slot = -1
  let slots = 0
  for (let n = 0; n < receivedAt.length; n++) {
    const second = Math.floor(msOf(receivedAt[n]!) / 1000)
    const at = place(second)
    let run = runs.at(-1)
    if (run?.bucket.bucket !== at) {
      run = { bucket: { bucket: at, frames: 0, online: 0, figures: {} }, from: n, to: n }
      runs.push(run)
      slot = -1
      slots = 0
    }
    const its = Math.floor(second / SLOT_S)
    if (its !== slot) slots++
    slot = its
    run.to = n + 1
    run.bucket.frames++
    run.bucket.online = Math.min(stretch.bucketS ?? Infinity, slots * SLOT_S)
  }
  return runs
}

/** First, least, greatest and last of some values; null where all are null. */
function figuresOf(values: readonly (number | null)[], from: number, to: number): Figures {
  let [first, min, max, last]: (number | null)[] = [null, null, null, null]
  for (let n = from; n < to; n++) {
    const value = values[n]
    if (value === null || value === undefined) continue
    first ??= value
    if (min === null || value < min!) min = value
    if (max === null || value > max!) max = value
    last = value
  }
  return { first: first!, min: min!, max: max!, last: last! }
}

/**
 * HIS1: rows counted into the buckets of a stretch.
 * @param rows in order of receipt, all within the stretch
 * @param columns that are counted
 */
export function bucketsOfRows(rows: ColumnLists, columns: readonly string[], stretch: Stretch): Bucket[] {
  const runs = runsOf(rows['received_at'] as number[], stretch)
  for (const column of columns) {
    const values = rows[column]!
    const texts = new Map<number | null, number | null>([[null, null]])
    // As the database writes reals: often the same few.
    const written = (value: number | null): number | null => {
      let known = texts.get(value)
      if (known === undefined) texts.set(value, (known = shortest(value!)))
      return known
    }
    for (const { bucket, from, to } of runs) {
      const { first, min, max, last } = figuresOf(values, from, to)
      bucket.figures[column] = { first: written(first), min: written(min), max: written(max), last: written(last) }
    }
  }
  return runs.map(({ bucket }) => bucket)
}

/** Buckets of earlier rows followed by those of later rows, which may begin in the last one of the earlier. */
export function followed(early: readonly Bucket[], late: readonly Bucket[], { bucketS }: Stretch): Bucket[] {
  const [last, first] = [early.at(-1), late[0]]
  if (!last || last.bucket !== first?.bucket) return [...early, ...late]
  const online = last.online + first.online
  const both: Bucket = {
    bucket: last.bucket,
    frames: last.frames + first.frames,
    online: bucketS === null ? online : Math.min(bucketS, online),
    figures: {},
  }
  for (const [column, figures] of Object.entries(last.figures)) {
    const more = first.figures[column]!
    const bounds = figuresOf([figures.min, figures.max, more.min, more.max], 0, 4)
    both.figures[column] = { ...bounds, first: figures.first ?? more.first, last: more.last ?? figures.last }
  }
  return [...early.slice(0, -1), both, ...late.slice(1)]
}
