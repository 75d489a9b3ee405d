import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { checkPage, writeCursor, type Page } from '../../../shared/serve/connection.ts'
import type { ItemOrder } from '../generated/resolvers.ts'
import { facetsOf, type Facets } from './facets.ts'
import { orderOf, readPlace, type Place } from './order.ts'
import { FEW, findAll, findFew, follow, wayOf } from './list.ts'
import { withStoredNames } from './names.ts'
import { guess, halves } from './sample.ts'
import type { Summed } from './sums.ts'
import { abilitiesFor, countItems, countItemsOf, listItemsOf, type FoundItem, type Search } from './store.ts'

const MAX_PAGE = 1_000

/** A page of items; each part is read only when it is requested. */
export interface ItemPage {
  rows(): Promise<readonly FoundItem[]>
  count(): Promise<number>
  facets(): Promise<Facets>
  /** What its sums are over. */
  summed(): Promise<Summed>
  cursorOf(item: FoundItem): string
  first: number
  after?: string | null | undefined
}

interface Asked extends Page {
  where?: Search['where']
  orderBy?: ItemOrder | null | undefined
}

function searchOf({ where, orderBy, first, after }: Asked): Search {
  checkPage({ first }, MAX_PAGE)
  const order = orderOf(orderBy)
  return { where, order, first, after: readPlace(after, order) }
}
const cursorOf =
  ({ order: { by, direction } }: Search) =>
  (item: FoundItem) =>
    writeCursor([by, direction, item.figure, item.server, item.gameId] satisfies Place)

/** A page over the items of all characters. */
export function itemPage(pool: Pool, asked: Asked): ItemPage {
  const search = searchOf(asked)
  const { where, first } = search
  const can = once(async () => abilitiesFor(pool, where))
  const guessed = once(async () => guess(pool, where, await can()))
  const few = once(async () => ((await guessed()).items > FEW ? null : findFew(pool, search, await can())))
  const parts = async () => ((await guessed()).items > FEW ? halves(await guessed()) : undefined)
  const all = once(async () => findAll(pool, search, await can(), await parts()))
  const followed = once(async () => follow(pool, search, await can(), wayOf(search, await guessed())))
  const readFacets = once(async () => (await facetsOf(pool, null, where, await can(), await parts())).get('')!)
  let asks = { rows: false, facets: false }
  return {
    async rows() {
      asks = { ...asks, rows: true }
      return (await few())?.rows ?? (await followed()) ?? (await all())
    },
    facets() {
      asks = { ...asks, facets: true }
      return readFacets()
    },
    /** Other requested parts often give the number: then nothing needs to be counted. */
    async count() {
      await Promise.resolve() // the other fields of the page are asked for in this same moment
      if (asks.facets) return (await readFacets()).total
      const found = asks.rows ? await few() : null
      // An index counts a single condition by itself, and sooner than two connections could by looking.
      const isSingle = Object.values(where ?? {}).filter((part) => part != null).length < 2 && where?.usableBy == null
      return found?.total ?? countItems(pool, where, await can(), isSingle ? undefined : await parts())
    },
    summed: async () => ({ pool, where, abilities: await can(), character: null }),
    cursorOf: cursorOf(search),
    first,
    after: asked.after,
  }
}

/** Pages of one character each: the same page of many characters is one statement. */
export function itemPages(pool: Pool): (character: string, asked: Asked) => Promise<ItemPage> {
  const searches = new Map<string, Promise<ReturnType<typeof loadersOf>>>()
  const storedOf = async (asked: Asked) => searchOf({ ...asked, where: await withStoredNames(pool, asked.where) })
  function loadersOf(search: Search) {
    const { where } = search
    const can = once(async () => abilitiesFor(pool, where))
    const by = <V>(read: (names: readonly string[]) => Promise<Map<string, V>>, none: V) =>
      new DataLoader<string, V>(async (names) => {
        const found = await read(names)
        return names.map((name) => found.get(name) ?? none)
      })
    return {
      search,
      rows: by(async (names) => listItemsOf(pool, names, search, await can()), []),
      count: by(async (names) => countItemsOf(pool, names, where, await can()), 0),
      facets: by(async (names) => facetsOf(pool, names, where, await can()), null as unknown as Facets),
      can,
    }
  }
  return async (character, asked) => {
    const key = JSON.stringify(asked)
    let loaders = searches.get(key)
    if (!loaders) searches.set(key, (loaders = storedOf(asked).then(loadersOf)))
    const { search, rows, count, facets, can } = await loaders
    return {
      rows: () => rows.load(character),
      count: () => count.load(character),
      facets: () => facets.load(character),
      summed: async () => ({ pool, where: search.where, abilities: await can(), character }),
      cursorOf: cursorOf(search),
      first: search.first,
    }
  }
}

/** Returns the same promise to every caller. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | null = null
  return () => (promise ??= work())
}
