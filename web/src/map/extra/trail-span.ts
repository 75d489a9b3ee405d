// Between which two moments the layer of trails shows the ways of everybody.
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { writeSecond } from '../view.ts'
import { texts } from './messages.ts'

/** In milliseconds since 1970. */
export interface TrailSpan {
  from: number
  to: number
}

export const HOUR_MS = 3_600_000
export const MAX_SPAN_MS = 400 * 24 * HOUR_MS
/** What is shown before somebody chooses. */
const USUAL_MS = 6 * HOUR_MS

/** What lies before a moment, to whole seconds: the graph reads more than a full hour from fewer samples. */
export function spanBefore(moment: number, lengthMs: number): TrailSpan {
  const to = Math.ceil(moment / 1000) * 1000
  return { from: to - lengthMs, to }
}

export const useTrailSpan = defineStore('trail-span', () => {
  const span = ref<TrailSpan | null>(null)
  /** The last hours before a moment, unless something else was chosen. */
  const begin = (now: number) => (span.value ??= spanBefore(now, USUAL_MS))
  return { span, begin }
})

/** How fine the graph answers: it reads longer spans from fewer samples. */
export function resolutionOf({ from, to }: TrailSpan): string {
  if (to - from <= HOUR_MS) return texts.everyFrame
  return to - from <= 6 * HOUR_MS ? texts.onePlaceIn20Seconds : texts.onePlaceInFiveMinutes
}

/** What is wrong with two moments; undefined if nothing is. */
export function spanFault({ from, to }: TrailSpan): string | undefined {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return texts.bothMomentsAreNeeded
  if (to <= from) return texts.theFirstMomentHasTo
  return to - from > MAX_SPAN_MS ? texts.atMost400Days : undefined
}

/** `2026-03-01T12:00:00Z/2026-03-01T18:00:00Z`, for the address. */
export const writeSpan = (span: TrailSpan | null): string | null =>
  span && `${writeSecond(span.from)}/${writeSecond(span.to)}`

export function readSpan(words: string): TrailSpan | null {
  const [from = NaN, to = NaN] = words.split('/').map(Date.parse)
  return spanFault({ from, to }) ? null : { from, to }
}
