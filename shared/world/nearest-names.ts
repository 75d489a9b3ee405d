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

/** The names that are nearest to what was typed, ignoring case, nearest first; of equally near ones by their order. */
export function nearestNames(typed: string, names: readonly string[], count = 3): string[] {
  const wanted = typed.toLowerCase()
  return names
    .map((name) => ({ name, wrong: distance(wanted, name.toLowerCase()) }))
    .sort((a, b) => a.wrong - b.wrong)
    .slice(0, count)
    .map(({ name }) => name)
}
