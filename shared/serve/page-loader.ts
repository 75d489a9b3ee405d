import DataLoader from 'dataloader'
import type { Page } from './connection.ts'

/** A page of one character's list. */
export interface PageKey extends Page {
  name: string
}

export interface PageOf<R> {
  /** One more than asked for when more follow. */
  rows: R[]
  totalCount: number
}

/**
 * Loads the same page of many characters' lists together, so that statements do not grow with the characters.
 * @param read gives the rows of all named characters, each with its own, and how many each has in all
 */
export function pageLoader<R extends { character: string }>(
  read: (
    names: readonly string[],
    page: Page,
  ) => Promise<{ rows: R[]; counts: { character: string; count: number }[] }>,
) {
  const pageOf = ({ first, after }: Page) => JSON.stringify([first, after ?? null])
  return new DataLoader<PageKey, PageOf<R>, string>(
    async (keys) => {
      const found = new Map<string, PageOf<R>>(keys.map((key) => [pageOf(key) + key.name, { rows: [], totalCount: 0 }]))
      for (const [text, page] of new Map(keys.map((key) => [pageOf(key), key]))) {
        const names = keys.filter((key) => pageOf(key) === text).map((key) => key.name)
        const { rows, counts } = await read(names, page)
        for (const row of rows) found.get(text + row.character)!.rows.push(row)
        for (const { character, count } of counts) found.get(text + character)!.totalCount = count
      }
      return keys.map((key) => found.get(pageOf(key) + key.name)!)
    },
    { cacheKeyFn: (key) => pageOf(key) + key.name },
  )
}
