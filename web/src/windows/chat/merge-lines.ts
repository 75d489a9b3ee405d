/** Joins two runs of lines by their ids, which grow with time; each line once, oldest first, at most `most`. */
export function mergeLines<Line extends { id: string }>(known: Line[], come: readonly Line[], most: number): Line[] {
  const last = known.at(-1)
  const first = come[0]
  if (!first) return known
  const all =
    !last || isLater(first.id, last.id)
      ? [...known, ...come]
      : [...new Map([...come, ...known].map((line) => [line.id, line])).values()].sort((a, b) =>
          isLater(a.id, b.id) ? 1 : -1,
        )
  return all.length > most ? all.slice(all.length - most) : all
}

/** Ids are whole numbers written as text: the longer is the later. */
const isLater = (a: string, b: string) => a.length - b.length > 0 || (a.length === b.length && a > b)
