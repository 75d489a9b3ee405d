/** The row of each key with the newest moment of the client; of two of one moment, that which came last. */
export function newestOf<R extends { clientAt: string }, K>(rows: readonly R[], key: (row: R) => K): Map<K, R> {
  const newest = new Map<K, R>()
  for (const row of rows) {
    const before = newest.get(key(row))
    if (!before || before.clientAt <= row.clientAt) newest.set(key(row), row)
  }
  return newest
}
