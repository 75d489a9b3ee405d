/** What is the same number once stored in four bytes. */
export const inFourBytes = (value: unknown): unknown => (typeof value === 'number' ? Math.fround(value) : value)

/** A plugin's timestamp as the graph returns it: milliseconds, of the seven digits sent. */
export const momentOf = (timestamp: string): string => new Date(Date.parse(timestamp)).toISOString()

/** JSON with its keys in order, so that two that hold the same read the same. */
export function inOrder(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/**
 * What two tables of things by key differ in, one line a difference. Said in lines and not by one great comparison,
 * since of ten thousand things that are right and one that is not only the one is worth reading.
 */
export function differences(sent: ReadonlyMap<string, unknown>, answered: ReadonlyMap<string, unknown>): string[] {
  const found: string[] = []
  for (const [key, value] of sent) {
    if (!answered.has(key)) found.push(`${key} was sent and is not answered: ${inOrder(value)}`)
    else if (inOrder(value) !== inOrder(answered.get(key)))
      found.push(`${key} differs: sent ${inOrder(value)}, answered ${inOrder(answered.get(key))}`)
  }
  for (const key of answered.keys()) if (!sent.has(key)) found.push(`${key} is answered and was never sent`)
  return found
}
