import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

describe('a value the database cannot hold', () => {
  it('[FRM5] [INV5] costs neither its frame nor the items beside it', async () => {
    await using plugin = await overlord.plugin('Edge')
    plugin.send({
      type: 'telemetry',
      character_name: 'Edge',
      ew: 1e-50,
      ns: 4,
      latency_ms: 1e-46,
      onlinetime: '30000.00:00:00',
    })
    const odd = [
      { IntValues: { 10: 1.5 } },
      { CurrentWieldedLocation: 1e300 },
      { Workmanship: 1e-50 },
      { ContainerId: -1, IntValues: { 218103810: 77 } },
    ]
    plugin.send({
      type: 'full_inventory',
      character_name: 'Edge',
      items: [{ Id: 1, Name: 'Good' }, ...odd.map((part, n) => ({ Id: n + 2, Name: `Odd ${n}`, ...part }))],
    })
    const found = await until('both', async () => {
      const { data } = await overlord.graph<{
        character: { telemetry: unknown; inventory: { items: { nodes: { containerId: number }[] } } | null } | null
      }>(
        `{ character(name: "Edge") { telemetry { ew ns latencyMs onlineSeconds } inventory { items {
          nodes { name containerId } } } } }`,
      )
      const known = data.character
      return known?.inventory && known.telemetry ? known : null
    })
    expect(found.telemetry).toEqual({ ew: 0, ns: 4, latencyMs: 0, onlineSeconds: null })
    expect(found.inventory!.items.nodes).toHaveLength(5)
    expect(found.inventory!.items.nodes.at(-1)!.containerId).toBe(77)
  })
})

describe('a stream', () => {
  it('[INV3] reports an item removed and added in one moment so that a replay ends correctly', async () => {
    for (const name of ['Ping', 'Pong']) await knownCharacter(overlord, name)
    await using feed = overlord.feed<{ character: { name: string }; added: string[]; removed: string[] }>(
      'subscription { inventoryChanged(characters: ["Ping", "Pong", "Pong"]) { character { name } added removed } }',
      'inventoryChanged',
    )
    await using plugin = await overlord.plugin('Ping')
    const put = (character: string, id: number) =>
      plugin.send({ type: 'inventory_delta', character_name: character, action: 'add', item: { Id: id, Name: 'Ball' } })
    await until('the stream', () => {
      put('Ping', -1_000 - feed.seen.length)
      return feed.find(() => true, 300)
    })
    put('Ping', -2_000)
    put('Pong', -2_000)
    put('Ping', -2_000)
    put('Ping', -3_000)
    await feed.find((change) => change.added.includes('Coldeve:4294964296'))
    const holders = new Set<string>()
    for (const { character, added, removed } of feed.seen) {
      if (added.includes('Coldeve:4294965296')) holders.add(character.name)
      if (removed.includes('Coldeve:4294965296')) holders.delete(character.name)
    }
    expect([...holders]).toEqual(['Ping'])
  })
})

describe('an inventory', () => {
  const item = {
    Id: -2147302131,
    ObjectClass: 2,
    HasIdData: true,
    LastIdTime: 1718900000,
    ContainerId: 0,
    Name: 'Celdon Girth',
    ArmorLevel: 412,
    CurrentWieldedLocation: 1024,
    BoolValues: { 22: true },
    DoubleValues: { 167772169: 7 },
    IntValues: { 5: 640, 10: 1024, 19: 21345, 28: 412, 131: 57, 265: 13, 218103821: 2048 },
    StringValues: { 1: 'Celdon Girth' },
    ActiveSpells: [],
    Spells: [6105, 4704],
  }
  const items = async (name: string) => {
    const { data } = await overlord.graph<{ items: { totalCount: number; nodes: Record<string, unknown>[] } }>(
      `query ($c: [String!]) { items(where: { characters: $c }) { totalCount
        nodes { gameId name equipped armorLevel burden setId workmanship spells appraised intValues } } }`,
      { c: [name] },
    )
    return data.items
  }

  it('[INV1] [INV2] is what the last full frame named, with later deltas merged: no record wipes an appraisal', async () => {
    await knownCharacter(overlord, 'Mule')
    await using changes = overlord.feed<{ added: string[]; updated: string[]; removed: string[] }>(
      'subscription { inventoryChanged(characters: ["Mule"]) { added updated removed } }',
      'inventoryChanged',
    )
    await using plugin = await overlord.plugin('Mule')
    plugin.send({
      type: 'full_inventory',
      character_name: 'Mule',
      item_count: 3,
      items: [item, { Id: 5, Name: 'Coin' }, 'no item', { Name: 'no id' }],
    })
    await until('two items', async () => (await items('Mule')).totalCount === 2)
    plugin.send({
      type: 'inventory_delta',
      character_name: 'Mule',
      action: 'update',
      item: {
        Id: -2147302131,
        ObjectClass: 2,
        Name: 'Celdon Girth',
        ContainerId: 1342177283,
        HasIdData: false,
        IntValues: { 5: 600 },
        Spells: [],
      },
    })
    plugin.send({ type: 'inventory_delta', character_name: 'Mule', action: 'remove', item_id: 5 })
    plugin.send({ type: 'inventory_delta', character_name: 'Mule', action: 'add', item: { Id: -3, Name: 'Ring' } })
    const found = await until('the deltas', async () => {
      const now = await items('Mule')
      return now.nodes.some((node) => node['name'] === 'Ring') && now
    })
    expect(found.totalCount).toBe(2)
    expect(found.nodes[0]).toMatchObject({
      gameId: 2147665165,
      name: 'Celdon Girth',
      armorLevel: 412,
      burden: 600,
      setId: 13,
      workmanship: 7,
      spells: [6105, 4704],
      appraised: true,
      intValues: { 5: 600, 28: 412 },
    })
    await changes.find((change) => change.added.includes('Coldeve:4294967293'))
  })

  it('[INV2] takes an appraisal for the whole of what it speaks of, and leaves what it does not speak of', async () => {
    await using plugin = await overlord.plugin('Tinker')
    const put = (record: object) =>
      plugin.send({
        type: 'inventory_delta',
        character_name: 'Tinker',
        action: 'update',
        item: { Id: -500, Name: 'Bow', HasIdData: true, ...record },
      })
    put({ IntValues: { 5: 100, 10: 4194304, 19: 7 }, Spells: [1, 2] })
    put({ IntValues: { 5: 90 } })
    const bow = await until('the second look', async () => {
      const { nodes } = await items('Tinker')
      return nodes[0]?.['burden'] === 90 && nodes[0]
    })
    expect(bow).toMatchObject({ intValues: { 5: 90 }, spells: [1, 2], equipped: false, appraised: true })
    expect(bow['intValues']).not.toHaveProperty('19')
  })

  it('[INV6] that did not change is not reported as changed', async () => {
    await knownCharacter(overlord, 'Still')
    await using changes = overlord.feed<{ added: string[]; updated: string[]; removed: string[] }>(
      'subscription { inventoryChanged(characters: ["Still"]) { added updated removed } }',
      'inventoryChanged',
    )
    await using plugin = await overlord.plugin('Still')
    const full = {
      type: 'full_inventory',
      character_name: 'Still',
      items: [
        { ...item, Id: -900 },
        { Id: -901, Name: 'Coin' },
      ],
    }
    await until('the stream', async () => {
      plugin.send(full)
      plugin.send({
        type: 'inventory_delta',
        character_name: 'Still',
        action: 'add',
        item: { Id: -902 - changes.seen.length, Name: 'Probe' },
      })
      plugin.send({ type: 'inventory_delta', character_name: 'Still', action: 'remove', item_id: -902 })
      return changes.find(() => true, 300)
    })
    plugin.send(full)
    plugin.send({ type: 'inventory_delta', character_name: 'Still', action: 'update', item: { ...item, Id: -900 } })
    plugin.send({ type: 'inventory_delta', character_name: 'Still', action: 'add', item: { Id: -999, Name: 'Last' } })
    await changes.find((change) => change.added.includes('Coldeve:4294966297'))
    for (const change of changes.seen.slice(1))
      expect([...change.added, ...change.updated, ...change.removed]).not.toContain('Coldeve:4294966396')
  })

  it('[INV3] moves an item to the character reported last as its holder', async () => {
    await using plugin = await overlord.plugin('Giver')
    plugin.send({ type: 'inventory_delta', character_name: 'Giver', action: 'add', item: { Id: -77, Name: 'Gem' } })
    await until('the gem', async () => (await items('Giver')).totalCount === 1)
    plugin.send({ type: 'inventory_delta', character_name: 'Taker', action: 'add', item: { Id: -77, Name: 'Gem' } })
    plugin.send({ type: 'inventory_delta', character_name: 'Giver', action: 'remove', item_id: -77 })
    await until('the gem elsewhere', async () => (await items('Taker')).totalCount === 1)
    expect((await items('Giver')).totalCount).toBe(0)
  })
})
