// Samples of characters as lists side by side.

/** Lists of equal length by the name of their figure. */
export type Lists = Record<string, (number | null)[]>

/** A list of Postgres as text, such as `{1,NULL}`. */
export const listOf = (text: string): (number | null)[] =>
  JSON.parse(`[${text.slice(1, -1).replaceAll('NULL', 'null')}]`) as (number | null)[]

/** The values at some places of each list. */
export const pick = (lists: Lists, places: readonly number[]): Lists =>
  Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, places.map((n) => list[n]!)]))

/**
 * REP2: of each interval of `everyMs` the last sample; its end belongs to it.
 * @param ms when each was taken, oldest first
 * @param among indexes that may be chosen; all, if left out
 * @returns indexes of those chosen
 */
export function lastOfEach(ms: readonly number[], everyMs: number, among?: readonly number[]): number[] {
  const chosen: number[] = []
  const interval = (n: number) => Math.ceil(ms[n]! / everyMs)
  for (const n of among ?? ms.keys()) {
    if (chosen.length > 0 && interval(chosen.at(-1)!) === interval(n)) chosen.pop()
    chosen.push(n)
  }
  return chosen
}
