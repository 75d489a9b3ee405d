// How value and bound came together: kept small, drawn as steps, said in words.
import { texts } from './messages.ts'
import { formatTenths } from '../../ui/format.ts'
export interface Moment {
  /** Milliseconds since the search began to run. */
  at: number
  value: number | null
  bound: number | null
}

const MAX_POINTS = 240

/**
 * The series with one moment more. What says nothing new only lengthens the last; a long one loses every second of its
 * older half.
 */
export function addMoment(series: readonly Moment[], moment: Moment): Moment[] {
  const kept = series.filter(({ at }) => at <= moment.at)
  const [last, before] = [kept.at(-1), kept.at(-2)]
  const same = (a: Moment | undefined, b: Moment | undefined) => a && b && a.value === b.value && a.bound === b.bound
  if (same(last, moment) && same(before, moment)) kept.pop()
  const next = [...kept, moment]
  if (next.length <= MAX_POINTS) return next
  const half = Math.floor(next.length / 2)
  return next.filter((_, nth) => nth >= half || nth % 2 === 0)
}

/**
 * By how much a better suit could exceed this one at most, in percent of what is possible; null where that is not
 * known.
 */
export function gapPercent(value: number | null, bound: number | null): number | null {
  if (value === null || bound === null) return null
  if (bound - value <= 0) return 0
  return bound === 0 ? 100 : Math.min(100, ((bound - value) / Math.abs(bound)) * 100)
}
/** `1.9 %`, `0.04 %`: never 0 while something is left. */
export function percentText(percent: number): string {
  if (percent === 0) return '0 %'
  return percent < 0.01 ? 'under 0.01 %' : `${percent.toFixed(percent < 0.1 ? 2 : 1)} %`
}

export const pointsText = formatTenths

/** `value 412, at most 420, gap 1.9 %`. */
export function standText(value: number | null, bound: number | null): string {
  if (value === null) return bound === null ? texts.noSuitYet : texts.noSuitYetAtMost(pointsText(bound))
  const gap = gapPercent(value, bound)
  if (bound === null || gap === null) return texts.valueOfValue(pointsText(value))
  return texts.valueAtMostGap(pointsText(value), pointsText(Math.max(value, bound)), percentText(gap))
}

export interface Drawing {
  value: string
  bound: string
  /** What lies between them. */
  between: string
  low: number
  high: number
  until: number
}

/** Two stairs in a picture of this size, in its units; null while there is nothing to draw. */
export function drawSeries(series: readonly Moment[], width: number, height: number): Drawing | null {
  const values = series.flatMap(({ value }) => (value === null ? [] : [value]))
  const bounds = series.flatMap(({ bound }) => (bound === null ? [] : [bound]))
  if (values.length === 0 && bounds.length === 0) return null
  const low = Math.min(...values, ...bounds)
  const high = Math.max(...values, ...bounds)
  const span = high - low || Math.max(1, Math.abs(high) * 0.01)
  const from = series[0]!.at
  const until = series.at(-1)!.at
  const x = (at: number) => Math.round(((at - from) / Math.max(1, until - from)) * width * 10) / 10
  const y = (points: number) => Math.round((1 - (points - low) / span) * (height - 6) * 10) / 10 + 3
  const stairs = (of: 'value' | 'bound'): [number, number][] => {
    const received = series.filter((one) => one[of] !== null)
    const steps = received.flatMap((one, nth): [number, number][] => {
      const next = received[nth + 1]?.at ?? until
      return [
        [x(one.at), y(one[of]!)],
        [x(next), y(one[of]!)],
      ]
    })
    // One moment alone is still a line to be seen.
    return steps.length > 0 && steps[0]![0] === steps.at(-1)![0]
      ? [
          [0, steps[0]![1]],
          [width, steps.at(-1)![1]],
        ]
      : steps
  }
  const path = (steps: [number, number][]) => steps.map(([a, b], nth) => `${nth ? 'L' : 'M'}${a} ${b}`).join('')
  const [value, bound] = [stairs('value'), stairs('bound')]
  const between = value.length && bound.length ? `${path([...value, ...bound.toReversed()])}Z` : ''
  return { value: path(value), bound: path(bound), between, low, high, until }
}
