import DataLoader from 'dataloader'

/** A moment asked about: ISO text, or null for now. */
export type Moment = string | null

/** The moment of an `at` argument. */
export const momentOf = (at: Date | string | null | undefined): Moment =>
  at == null ? null : new Date(at).toISOString()

export interface KeyAt {
  name: string
  at: Moment
}

/** Loads rows of characters as they were at a moment: all that ask for the same moment in one statement. */
export function loaderAt<R extends { character: string }>(
  read: (names: readonly string[], at: Moment) => Promise<readonly R[]>,
) {
  return new DataLoader<KeyAt, R | null, string>(
    async (keys) => {
      const found = new Map<string, R>()
      for (const at of new Set(keys.map((key) => key.at))) {
        const rows = await read(
          keys.filter((key) => key.at === at).map((key) => key.name),
          at,
        )
        for (const row of rows) found.set(`${at} ${row.character}`, row)
      }
      return keys.map(({ name, at }) => found.get(`${at} ${name}`) ?? null)
    },
    { cacheKeyFn: ({ name, at }) => `${at} ${name}` },
  )
}
