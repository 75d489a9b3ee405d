import type { Client } from '../../shared/db/pool.ts'
import { bucketOf, slotOf } from '../../shared/contract/history-buckets.ts'
import { insertRows, type Column } from './columns.ts'
import type { IdCache } from './id-cache.ts'

/** Of one figure within a bucket. Null while no frame reported it. */
interface Extremes {
  first: number | null
  least: number | null
  greatest: number | null
  last: number | null
}
const PARTS = ['first', 'least', 'greatest', 'last'] as const

interface Bucket {
  character: string
  bucket: number
  frames: number
  seen: number
  figures: Extremes[]
}

interface Received {
  character: string
  receivedAt: string
}

/**
 * Writes what a batch adds to each character's five-minute history buckets (tables `…_spans`). A bucket is updated by
 * later batches and stays right however its frames are split into batches.
 * @param figures columns, with how each is read from a row
 */
export function historyBuckets<R extends Received>(
  table: string,
  figures: readonly (readonly [column: string, value: (row: R) => number | null])[],
): (client: Client, rows: readonly R[], ids: IdCache) => Promise<unknown> {
  const columns: Column<Bucket, IdCache>[] = [
    ['character_id', 'int', (row, ids) => ids.characterId(row.character)],
    ['span', 'int', (row) => row.bucket],
    ['frames', 'int', (row) => row.frames],
    ['seen', 'int', (row) => row.seen],
    ...figures.flatMap(([column], n) =>
      PARTS.map((part): Column<Bucket, IdCache> => [`${column}_${part}`, 'real', (row) => row.figures[n]![part]]),
    ),
  ]
  const grown = figures.flatMap(([column]) => [
    `${column}_first = coalesce(s.${column}_first, excluded.${column}_first)`,
    `${column}_least = least(s.${column}_least, excluded.${column}_least)`,
    `${column}_greatest = greatest(s.${column}_greatest, excluded.${column}_greatest)`,
    `${column}_last = coalesce(excluded.${column}_last, s.${column}_last)`,
  ])
  const insert = insertRows(
    `${table} as s`,
    columns,
    `on conflict (character_id, span) do update set frames = s.frames + excluded.frames, seen = s.seen | excluded.seen,
      ${grown.join(', ')}`,
  )
  return (client, rows, ids) =>
    insert(
      client,
      fold(
        rows,
        figures.map(([, value]) => value),
      ),
      ids,
    )
}

function fold<R extends Received>(rows: readonly R[], values: readonly ((row: R) => number | null)[]): Bucket[] {
  const buckets = new Map<string, Map<number, Bucket>>()
  let lastReceivedAt = ''
  let ms = 0
  for (const row of rows) {
    if (row.receivedAt !== lastReceivedAt) ms = Date.parse((lastReceivedAt = row.receivedAt))
    let own = buckets.get(row.character)
    if (!own) buckets.set(row.character, (own = new Map()))
    const number = bucketOf(ms)
    let bucket = own.get(number)
    if (!bucket) {
      const figures = values.map((): Extremes => ({ first: null, least: null, greatest: null, last: null }))
      own.set(number, (bucket = { character: row.character, bucket: number, frames: 0, seen: 0, figures }))
    }
    bucket.frames++
    bucket.seen |= 1 << slotOf(ms)
    for (let n = 0; n < values.length; n++) {
      const value = values[n]!(row)
      if (value !== null) add(bucket.figures[n]!, value)
    }
  }
  return [...buckets.values()].flatMap((own) => [...own.values()])
}

function add(extremes: Extremes, value: number): void {
  extremes.first ??= value
  extremes.last = value
  if (extremes.least === null || value < extremes.least) extremes.least = value
  if (extremes.greatest === null || value > extremes.greatest) extremes.greatest = value
}
