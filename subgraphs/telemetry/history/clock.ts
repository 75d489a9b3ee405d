// Buckets that begin where the clock of a time zone begins an hour, a day, a week or a month.
import { fault } from '../../../shared/errors.ts'
import { nearestNames } from '../../../shared/world/nearest-names.ts'
import type { HistoryBucket } from '../generated/resolvers.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const UTC = 'UTC'

/** What the clock of a time zone shows at a moment, as if it were UTC. Both in milliseconds since 1970. */
export type ZoneClock = (ms: number) => number

/**
 * The clock of a time zone by its IANA name, ignoring case; UTC without one.
 * @throws BAD_USER_INPUT with the three nearest names when there is no such zone
 */
export function clockOf(timeZone: string | null | undefined): ZoneClock {
  const format = formatOf(timeZone ?? UTC)
  if (!format) {
    const near = nearestNames(timeZone!.slice(0, 64), [UTC, ...Intl.supportedValuesOf('timeZone')])
    throw fault('BAD_USER_INPUT', `There is no such time zone. The nearest names: ${near.join(', ')}.`)
  }
  return (ms) => {
    const parts = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]))
    const { year, month, day, hour, minute, second } = parts as Record<string, number>
    return Date.UTC(year!, month! - 1, day, hour, minute, second) + (((ms % 1000) + 1000) % 1000)
  }
}

/** Names only: some versions of the runtime also know offsets such as `+02:00`, which have no change of clocks. */
function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z]/.test(timeZone)) return null
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  } catch {
    return null // the runtime's RangeError for an unknown name
  }
}

/**
 * Where buckets begin: the first one holds `fromMs`, and the last entry is the end of the one that holds the moment
 * before `toMs`. Moments in milliseconds since 1970.
 * @param most stops after one bucket more than that
 */
export function bucketEdges(
  clock: ZoneClock,
  bucket: HistoryBucket,
  fromMs: number,
  toMs: number,
  most: number,
): number[] {
  const edges = [firstEdge(clock, bucket, fromMs)]
  while (edges.at(-1)! < toMs && edges.length <= most + 1) edges.push(nextEdge(clock, bucket, edges.at(-1)!))
  return edges
}

function firstEdge(clock: ZoneClock, bucket: HistoryBucket, fromMs: number): number {
  if (bucket !== 'HOUR') return dateBegin(clock, calendarBegin(bucket, clock(fromMs)))
  // From midnight on, so that a change of clocks earlier that day moves no edge.
  let edge = dateBegin(clock, calendarBegin('DAY', clock(fromMs)))
  for (let next = edge; next <= fromMs; next = nextEdge(clock, bucket, edge)) edge = next
  return edge
}

function nextEdge(clock: ZoneClock, bucket: HistoryBucket, edge: number): number {
  if (bucket === 'HOUR') {
    // Where clocks change by half an hour, that bucket is longer.
    const over = clock(edge + HOUR_MS) % HOUR_MS
    return over === 0 ? edge + HOUR_MS : edge + 2 * HOUR_MS - over
  }
  const begin = new Date(calendarBegin(bucket, clock(edge)))
  const [year, month, day] = [begin.getUTCFullYear(), begin.getUTCMonth(), begin.getUTCDate()]
  if (bucket === 'MONTH') return dateBegin(clock, Date.UTC(year, month + 1, 1))
  return dateBegin(clock, Date.UTC(year, month, day + (bucket === 'WEEK' ? 7 : 1)))
}

/** Midnight of the first day of a bucket, as a clock shows it. Weeks begin on Monday. */
function calendarBegin(bucket: HistoryBucket, shown: number): number {
  const at = new Date(shown)
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
  if (bucket === 'MONTH') return Date.UTC(year, month, 1)
  if (bucket === 'WEEK') return Date.UTC(year, month, day - ((at.getUTCDay() + 6) % 7))
  return Date.UTC(year, month, day)
}

/**
 * The first moment of a date: where midnight is skipped or comes twice, the first at which the clock shows that date.
 */
function dateBegin(clock: ZoneClock, midnight: number): number {
  const offsets = [-DAY_MS, DAY_MS].map((shift) => clock(midnight + shift) - (midnight + shift))
  const moments = offsets.map((offset) => midnight - offset).sort((a, b) => a - b)
  return moments.find((moment) => clock(moment) >= midnight)!
}
