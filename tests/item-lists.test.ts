import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testWriter } from '../ingest/writer/testing/test-writer.ts'
import { testDatabase, type TestDatabase } from '../shared/testing/test-database.ts'
import type { ItemSort, ItemWhere } from '../subgraphs/inventory/generated/resolvers.ts'
import { findAll, findFew, follow } from '../subgraphs/inventory/search/list.ts'
import type { Place } from '../subgraphs/inventory/search/order.ts'
import { guess } from '../subgraphs/inventory/search/sample.ts'
import type { FoundItem, Search } from '../subgraphs/inventory/search/store.ts'
import { madeUp } from './e2e/inventory/fleet.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const write = testWriter(database.pool)
  for (const { character, server, items } of madeUp(5, 4))
    await write.store(Date.now(), { type: 'full_inventory', character_name: character, server, items })
})
afterAll(() => database[Symbol.asyncDispose]())

type Find = (search: Search) => Promise<FoundItem[] | null>

/** The whole list, page by page; `met` tells which pages this way of finding knew. */
async function whole(find: Find, otherwise: Find, search: Search): Promise<{ ids: string[]; met: number }> {
  const ids: string[] = []
  let met = 0
  for (let after: Place | null = null; ;) {
    const found = await find({ ...search, after })
    if (found) met++
    const rows: FoundItem[] = (found ?? (await otherwise({ ...search, after })))!
    const page = rows.slice(0, search.first)
    ids.push(...page.map(({ server, gameId }) => `${server}:${gameId}`))
    if (rows.length <= search.first) return { ids, met }
    const last = page.at(-1)!
    after = [search.order.by, search.order.direction, last.figure, last.server, last.gameId]
  }
}

const orders: ItemSort[] = ['NAME', 'VALUE', 'ARMOR_LEVEL', 'WORKMANSHIP', 'TIER', 'MANA', 'CHARACTER']
const wheres: ItemWhere[] = [
  {},
  { appraised: true, value: { min: 100 } },
  { spells: { any: [{ tier: 'EPIC' }, { familyName: 'strength' }] } },
]

describe('a list of items', () => {
  it.each(orders)(
    '[SEA3] by %s is the same whether few are found, the list is followed, or all are looked at, whole or in halves',
    async (by) => {
      const { pool } = database
      const all: Find = (search) => findAll(pool, search, null)
      const few: Find = async (search) => (await findFew(pool, search, null))?.rows ?? null
      for (const where of wheres)
        for (const direction of ['ASC', 'DESC'] as const) {
          const search: Search = { where, order: { by, direction }, first: 25, after: null }
          const { ids } = await whole(all, all, search)
          expect(new Set(ids).size).toBe(ids.length)
          const parted = [`f.ctid < '(2,0)'::tid`, `f.ctid >= '(2,0)'::tid`]
          expect(await whole((each) => findAll(pool, each, null, parted), all, search)).toMatchObject({ ids })
          expect(await whole(few, all, search)).toEqual({ ids, met: Math.max(1, Math.ceil(ids.length / 25)) })
          for (const far of [10, 60, 10_000]) {
            const followed = await whole((each) => follow(pool, each, null, far), all, search)
            expect(followed.ids, `${by} ${direction}, ${far} far`).toEqual(ids)
            if (far === 10_000 && ids.length > 100 && by !== 'MANA' && by !== 'CHARACTER')
              expect(followed.met).toBeGreaterThan(0)
          }
        }
    },
  )

  it('[SEA2] of few items reports their count on each page, of many it reports none', async () => {
    const search: Search = { where: {}, order: { by: 'NAME', direction: 'ASC' }, first: 5, after: null }
    const { rows: counted } = await database.pool.query<{ count: number }>('select count(*) from item_facts')
    const { count } = counted[0]!
    const page = await findFew(database.pool, search, null, count)
    const last = page!.rows[4]!
    const after: Place = ['NAME', 'ASC', last.figure, last.server, last.gameId]
    expect([page!.total, (await findFew(database.pool, { ...search, after }, null, count))!.total]).toEqual([
      count,
      count,
    ])
    expect(await findFew(database.pool, search, null, count - 1)).toBeNull()
  })

  it('[SEA2] is guessed to be long or short from a sample, whatever is asked', async () => {
    const { pool } = database
    await pool.query('analyze item_facts')
    const { rows: counted } = await pool.query<{ count: number }>('select count(*) from item_facts')
    const { count } = counted[0]!
    expect(await guess(pool, {}, null, count - 1)).toMatchObject({ items: count, of: count })
    expect(await guess(pool, { value: { min: 2_000_000_000 } }, null, count - 1)).toMatchObject({ items: 0, of: count })
    const half = await guess(pool, { appraised: true }, null, count - 1)
    expect(half.items).toBeGreaterThan(0)
    expect(half.items).toBeLessThanOrEqual(count)
    expect(await guess(pool, { text: '%', spells: { none: [{ tier: 'EPIC' }] } }, null, count)).toMatchObject({
      items: 0,
      of: count,
    }) // too small to be sampled
  })
})
