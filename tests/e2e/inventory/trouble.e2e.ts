// What must not disturb anything: bad items, absurd values, an inventory of fifty thousand, bursts, and a kill in the
// midst.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../../../shared/db/pool.ts'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { until } from '../../../shared/testing/until.ts'
import { madeUp, sendFleet, type Owner } from './fleet.ts'
import { itemsOf } from './naive.ts'

let overlord: TestOverlord
beforeAll(async () => {
  overlord = await startOverlord()
})
afterAll(() => overlord?.[Symbol.asyncDispose]())

interface Nodes {
  items: { totalCount: number; nodes: Record<string, unknown>[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
}
const countOf = async (character: string) => {
  const { data } = await overlord.graph<Nodes>(
    'query ($c: [String!]) { items(where: { characters: $c }) { totalCount } }',
    { c: [character] },
  )
  return data.items.totalCount
}

describe('trouble', () => {
  it('[INV5] [INV9] stores bad items as dead letters, keeps the others, and reads absurd values as none', async () => {
    await using plugin = await overlord.plugin('Odd')
    const deep = JSON.parse('['.repeat(500) + ']'.repeat(500)) as unknown
    plugin.send({
      type: 'full_inventory',
      character_name: 'Odd',
      items: [
        null,
        'text',
        7,
        [],
        {},
        { Id: 'x' },
        { Id: 1e30 },
        { Id: 1.5 },
        { Name: deep },
        {
          Id: -1,
          Name: 'A\u0000B\ud800',
          IntValues: {
            28: 1e300,
            131: -1,
            265: 2 ** 40,
            5: 'many',
            19: '12,7',
            374: 1e-320,
            218103822: -5,
            10: 1e12,
            __proto__: 3,
          },
          DoubleValues: { 29: 1e308, 167772169: 1e-320, 5: -1e300 },
          StringValues: { 7: 'x'.repeat(100_000) },
          Spells: [1e30, 'a', 6105, -4, null],
          ActiveSpells: 'none',
        },
        { Id: -2, Name: 'Plain', IntValues: null, DoubleValues: [], BoolValues: 3, StringValues: { 1: 5 }, Spells: {} },
      ],
    })
    await until('two items', async () => (await countOf('Odd')) === 2)
    const { data } = await overlord.graph<Nodes>(
      `{ items(where: { characters: ["Odd"] }) { nodes { gameId name armorLevel material setId burden value slots
        equipped workmanship spells inscription ratings { critDamage total } combat { meleeDefense } mana { max } } }
        }`,
    )
    expect(data.items.nodes[0]).toMatchObject({
      gameId: 4294967295,
      name: 'AB\ufffd',
      armorLevel: null,
      material: null,
      setId: null,
      burden: null,
      value: 12,
      equipped: false,
      spells: [6105, -4],
      ratings: { critDamage: 0 },
    })
    expect((data.items.nodes[0]!['inscription'] as string).length).toBe(1_000)
    expect(data.items.nodes[1]).toMatchObject({ gameId: 4294967294, name: 'Plain' })
    const letters = await overlord.graph<{ deadLetters: { nodes: { path: string; reason: string }[] } }>(
      '{ deadLetters(first: 50) { nodes { path reason } } }',
    )
    const paths = letters.data.deadLetters.nodes.map(({ path }) => path).filter((path) => path?.startsWith('/items/'))
    expect(paths.sort()).toEqual(Array.from({ length: 9 }, (_, nth) => `/items/${nth}`))
  })

  it('[INV6] [INV10] writes nothing for what changes nothing, and publishes a burst once', async () => {
    const [owner] = madeUp(11, 1) as [Owner]
    await knownCharacter(overlord, owner.character)
    await using changes = overlord.feed<{ added: string[]; updated: string[]; removed: string[]; addedCount: number }>(
      `subscription { inventoryChanged(characters: ["${owner.character}"]) { added updated removed addedCount } }`,
      'inventoryChanged',
    )
    await until('the stream to be open', async () => {
      await using plugin = await overlord.plugin()
      plugin.send({
        type: 'inventory_delta',
        character_name: owner.character,
        action: 'add',
        item: { Id: 5, Name: `Probe ${Math.random()}` },
      })
      return changes.find(() => true, 1_000)
    })
    await using plugin = await overlord.plugin(owner.character)
    for (const item of owner.items)
      plugin.send({ type: 'inventory_delta', character_name: owner.character, action: 'add', item })
    for (const item of owner.items.slice(0, 20))
      plugin.send({
        type: 'inventory_delta',
        character_name: owner.character,
        action: 'update',
        item: { ...item, IntValues: { ...item.IntValues, 107: 9 } },
      })
    const burst = await changes.find(({ added }) => added.length > 5)
    expect(burst).toMatchObject({ addedCount: owner.items.length, updated: [], removed: [] })
    const seen = changes.seen.length
    const database = openPool(await databaseOf(overlord.dataDir), { name: 'test' })
    const look = async () =>
      (
        await database.query<object>(
          `select relname, n_tup_ins + n_tup_upd + n_tup_del as writes from pg_stat_user_tables
            where relname in ('items', 'item_facts', 'item_stays', 'inventories', 'inventory_changes') order by 1`,
        )
      ).rows
    const rows = async () =>
      (await database.query<object>('select ctid::text, xmin::text, xmax::text, game_id from items order by game_id'))
        .rows
    const before = [await look(), await rows()]
    for (const item of owner.items)
      plugin.send({
        type: 'inventory_delta',
        character_name: owner.character,
        action: 'update',
        item: { ...item, ...(owner.items.indexOf(item) < 20 ? { IntValues: { ...item.IntValues, 107: 9 } } : {}) },
      })
    plugin.send({ type: 'inventory_delta', character_name: owner.character, action: 'remove', item_id: 123456 })
    plugin.send({ type: 'chat', character_name: owner.character, text: 'the last of them' })
    await until(
      'all to be stored',
      async () => (await database.query("select from chat where text = 'the last of them'")).rowCount,
    )
    expect([await look(), await rows()]).toEqual(before)
    expect(changes.seen.length).toBe(seen)
    await database.end()
  })

  it('[INV11] takes an inventory of fifty thousand items, and others meanwhile', async () => {
    await using plugin = await overlord.plugin('Hoarder')
    await using other = await overlord.plugin('Other')
    const items = Array.from({ length: 50_000 }, (_, nth) => ({
      Id: -1_000_000 - nth,
      Name: `Coin ${nth}`,
      ObjectClass: 7,
      IntValues: { 5: 1, 19: nth },
    }))
    plugin.send({ type: 'full_inventory', character_name: 'Hoarder', items })
    other.send({ type: 'full_inventory', character_name: 'Other', items: [{ Id: -3_000_000, Name: 'Ring' }] })
    await until('fifty thousand', async () => (await countOf('Hoarder')) === 50_000, 120_000)
    await until('the other', async () => (await countOf('Other')) === 1)
    const { data } = await overlord.graph<Nodes>(
      `{ items(where: { characters: ["Hoarder"], value: { min: 49990 } }, orderBy: { by: VALUE, direction: DESC },
        first: 3) { totalCount nodes { value } } }`,
    )
    expect(data.items).toMatchObject({ totalCount: 10, nodes: [{ value: 49999 }, { value: 49998 }, { value: 49997 }] })
    plugin.send({ type: 'full_inventory', character_name: 'Hoarder', items: items.slice(0, 10) })
    await until('ten', async () => (await countOf('Hoarder')) === 10, 60_000)
  })
})

describe('kill -9 in the midst', () => {
  it('[DUR2] [INV1] loses nothing that was shown, and comes to exactly what was sent', async () => {
    await using own = await startOverlord()
    const owners = madeUp(23, 6)
    const shown = new Map<string, number>()
    const look = async () => {
      const { data } = await own.graph<Nodes>('{ items(first: 1000) { totalCount nodes { id burden } } }')
      for (const { id, burden } of data.items.nodes) shown.set(id as string, burden as number)
      return data.items.totalCount
    }
    await using plugin = await own.plugin()
    for (const { character, server, items } of owners)
      plugin.send({ type: 'full_inventory', character_name: character, server, items })
    await until('some items', async () => (await look()) > 50)
    await own.kill9()
    await own.restart()
    const { data } = await own.graph<{ items: { nodes: { id: string }[] } }>(
      'query ($ids: [ID!]) { items(where: { ids: $ids }, first: 1000) { nodes { id } } }',
      { ids: [...shown.keys()].slice(0, 1000) },
    )
    expect(data.items.nodes.length).toBe(Math.min(shown.size, 1000))
    const all = await sendFleet(own, owners, 29)
    await until('all of them', async () => {
      const { data: now } = await own.graph<Nodes>('{ items(first: 1) { totalCount } }')
      return now.items.totalCount === itemsOf(all).length
    })
  })
})
