// How results are said. Everything here is a figure of a result or a fixed word: nothing is made up.
import { describePlace } from '../../../shared/world/dereth/coordinates.ts'

/** A character's name as a link that the dashboard opens. */
export const character = (name: string): string => `[${plain(name)}](overlord://character/${encodeURIComponent(name)})`

/** Text of the game as it is, whatever signs are in it, on one line: a line of its own could pass for one of ours. */
export const plain = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').replace(/[\\`*_[\]<>]/g, '\\$&')

/** `1,234`; at most one digit behind the point. */
export const figure = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 1 })

/** `at 42.1N 33.6E`, of a blurred place `at about 42N 33E`; null where the place is not shown. */
export const place = ({ ew, ns }: { ew: number | null; ns: number | null }): string | null =>
  ew === null || ns === null ? null : `at ${describePlace({ ew, ns })}`

/** `12 s`, `5 min`, `3 h 20 min`, `2 d 4 h`. */
export function span(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  if (minutes < 1) return `${Math.max(0, Math.floor(seconds))} s`
  const hours = Math.floor(minutes / 60)
  if (hours < 1) return `${minutes} min`
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** How long ago. */
export const ago = (at: string, now: Date): string => `${span((now.getTime() - Date.parse(at)) / 1000)} ago`

/** `1 rare`, `3 rares`. */
export const count = (total: number, one: string, many = `${one}s`): string =>
  `${figure(total)} ${total === 1 ? one : many}`

/** Facts side by side, without those that are not known. */
export const facts = (...known: readonly (string | null | undefined | false)[]): string =>
  known.filter(Boolean).join(', ')
