// Names that could be meant by one that does not exist.

/** Letters to put in, leave out, replace or swap. */
export function distance(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        next[j] = Math.min(next[j]!, before[j - 2]! + 1)
    }
    before = row
    row = next
  }
  return row[b.length]!
}

/** Whether a text has these words, whole and in this order. */
function hasWords(text: string, words: string): boolean {
  const isEdge = (letter: string | undefined) => letter === undefined || !/[\p{L}\p{N}]/u.test(letter)
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (isEdge(text[at - 1]) && isEdge(text[at + words.length])) return true
  return false
}

/**
 * The names that are nearest to what was typed, ignoring case: those that start with it, then those that have it as
 * words, then all others, each by distance; of equally near ones by their order.
 */
export function nearestNames(typed: string, names: readonly string[], count = 3): string[] {
  const wanted = typed.trim().toLowerCase()
  const rankOf = (name: string) => (wanted === '' ? 2 : name.startsWith(wanted) ? 0 : hasWords(name, wanted) ? 1 : 2)
  return names
    .map((name) => {
      const lower = name.toLowerCase()
      return { name, rank: rankOf(lower), wrong: distance(wanted, lower) }
    })
    .sort((a, b) => a.rank - b.rank || a.wrong - b.wrong)
    .slice(0, count)
    .map(({ name }) => name)
}
