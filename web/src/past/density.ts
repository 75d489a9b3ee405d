// Where in a stretch of time something happened.
import type { TimeBarDensityQuery } from './time-bar.query.gen.ts'

export type Density = TimeBarDensityQuery['guildEventDensity']

/** The kinds that the strip shows and that events are jumped to by. */
export const STRIP_KINDS = ['DEATH', 'RARE', 'ALERT'] as const

export interface StripBar {
  /** Left edge and width, 0 to 100. */
  x: number
  width: number
  /** Heights of its parts from below, 0 to 1: deaths, rares, alerts. */
  parts: readonly [number, number, number]
}

/** Bars of buckets in which something happened; the highest fills the strip. */
export function stripBars({ deaths, rares, alerts }: Density): StripBar[] {
  const most = Math.max(1, ...deaths.map((count, n) => count + rares[n]! + alerts[n]!))
  // A square root keeps a single death visible beside a bucket with fifty alerts.
  const high = Math.sqrt(most)
  const width = 100 / deaths.length
  return deaths.flatMap((count, n) => {
    const counts = [count, rares[n]!, alerts[n]!] as const
    const sum = counts[0] + counts[1] + counts[2]
    if (sum === 0) return []
    const scale = Math.sqrt(sum) / high / sum
    return [{ x: n * width, width, parts: [counts[0] * scale, counts[1] * scale, counts[2] * scale] as const }]
  })
}

/** When each bucket in which something happened ends, in milliseconds since 1970. */
export function filledEnds({ since, bucketSeconds, deaths, rares, alerts }: Density): number[] {
  const begin = Date.parse(since)
  return deaths.flatMap((count, n) =>
    count + rares[n]! + alerts[n]! > 0 ? [begin + (n + 1) * bucketSeconds * 1000] : [],
  )
}

/** The stretch that a bar of this length shows, so that the moment lies in it. All in milliseconds. */
export function stretchAround(moment: number | null, lengthMs: number, now: number): readonly [number, number] {
  const until = moment === null || moment > now - lengthMs ? now : Math.min(now, moment + lengthMs / 2)
  return [until - lengthMs, until]
}
