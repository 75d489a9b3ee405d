// What a person reads of an item, where it lies, and where it lay: frames in, graph out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => {
  overlord = await startOverlord()
})
afterAll(() => overlord?.[Symbol.asyncDispose]())

const ID = -2147302131
const KEY = 'Coldeve:2147665165'
const girth = {
  Id: ID,
  ObjectClass: 2,
  HasIdData: true,
  ContainerId: 1342177283,
  Name: 'Celdon Girth',
  BoolValues: { 22: true },
  DoubleValues: { 5: -0.05, 167772169: 7, 29: 1.17 },
  IntValues: {
    5: 640,
    10: 1024,
    19: -1,
    28: 732,
    107: 812,
    108: 1200,
    109: 366,
    131: 60,
    158: 2,
    159: 44,
    160: 430,
    171: 3,
    179: 4096,
    303: 1,
    265: 14,
    270: 7,
    271: 1,
    272: 180,
    371: -1,
    374: 2,
    375: 1,
    115: 250,
    176: 34,
    218103809: 7149,
    218103821: 2048,
    218103822: 1024,
  },
  StringValues: { 1: 'Celdon Girth', 7: 'mine' },
  ActiveSpells: [4407, 6095],
  Spells: [6105, 6095, 2108, 999999],
}

async function full(character: string, items: object[]): Promise<void> {
  await using plugin = await overlord.plugin(character)
  plugin.send({ type: 'full_inventory', character_name: character, items })
  await until('the inventory', async () => {
    const { data } = await overlord.graph<{ character: { inventory: { itemCount: number } | null } | null }>(
      'query ($n: String!) { character(name: $n) { inventory { itemCount } } }',
      { n: character },
    )
    return data.character?.inventory?.itemCount === items.length
  })
}

describe('an item', () => {
  it('[DEC1] [DEC2] is decoded: material, set, places, requirements, spells, imbues, ratings, mana, figures', async () => {
    await full('Larsson', [girth])
    const { data } = await overlord.graph<{ item: unknown }>(
      `query ($id: ID!) { item(id: $id) { fullName objectClassName materialName setName setKind slots wornAt equipped
        value armorLevel baseArmorLevel workmanship tinks
        imbues iconId inscription tier requirements { kind text } ratings { damageResist critDamage critDamageResist
        total }
        mana { current max secondsPerPoint secondsLeft } combat { meleeDefense maxDamage } boundSpells { spellId name
        tier family familyName level active } } }`,
      { id: KEY },
    )
    expect(data.item).toMatchObject({
      fullName: 'Gold Celdon Girth',
      objectClassName: 'Armor',
      materialName: 'Gold',
      setName: "Adept's Set",
      setKind: 'ARMOR',
      slots: ['ABDOMEN'],
      wornAt: ['ABDOMEN'],
      equipped: true,
      value: null,
      armorLevel: 732,
      baseArmorLevel: 492,
      workmanship: 7,
      tinks: 3,
      imbues: ['CRITICAL_STRIKE', 'MAGIC_DEFENSE'],
      iconId: 0x06000000 + 7149,
      inscription: 'mine',
      tier: 'LEGENDARY',
      ratings: { damageResist: null, critDamage: 2, critDamageResist: 1, total: 3 },
      mana: { current: 812, max: 1200, secondsPerPoint: 20, secondsLeft: 16240 },
      combat: { meleeDefense: expect.closeTo(1.17, 5), maxDamage: null },
      requirements: [
        { kind: 'BASE_SKILL', text: 'Heavy Weapons 430 base' },
        { kind: 'LEVEL', text: 'Level 180' },
        { kind: 'LORE', text: 'Arcane Lore 366' },
        { kind: 'ACTIVATION_SKILL', text: 'War Magic 250 to activate' },
      ],
      boundSpells: [
        {
          spellId: 6105,
          name: 'Legendary Focus',
          tier: 'LEGENDARY',
          family: 269,
          familyName: 'Focus',
          level: null,
          active: false,
        },
        { spellId: 6095, name: 'Legendary Impenetrability', tier: 'LEGENDARY', family: 391, active: true },
        {
          spellId: 2108,
          name: "Brogard's Defiance",
          tier: null,
          family: 160,
          familyName: 'Impenetrability',
          level: 7,
          active: false,
        },
        { spellId: 999999, name: '999999', tier: null, family: null, familyName: null, level: null, active: false },
      ],
    })
  })

  it('[DEC3] shows a number it has no name for as that number', async () => {
    await full('Stranger', [
      {
        Id: -9,
        ObjectClass: 99,
        HasIdData: true,
        Name: 'Thing',
        IntValues: { 131: 999, 265: 777, 158: 33, 159: 5, 160: 6, 218103840: 88 },
      },
    ])
    const { data } = await overlord.graph<{ item: unknown }>(
      `{ item(id: "Coldeve:4294967287") { objectClassName materialName setName setKind fullName requirements { kind name
        } combat { skillName } } }`,
    )
    expect(data.item).toEqual({
      objectClassName: '99',
      materialName: '999',
      setName: '777',
      setKind: 'OTHER',
      fullName: '999 Thing',
      requirements: [{ kind: 'OTHER', name: '33' }],
      combat: { skillName: '88' },
    })
  })
})

describe('packs', () => {
  it('[PCK1] are a tree with fill and burden; what names no known container lies in the main pack', async () => {
    const lying = (Id: number, ContainerId: number, rest: object = {}) => ({
      Id,
      ContainerId,
      Name: `Coin ${Id}`,
      ObjectClass: 7,
      IntValues: { 5: 10, ...rest },
    })
    await full('Packer', [
      { Id: -100, ContainerId: 0x50000009, Name: 'Sack', ObjectClass: 10, IntValues: { 5: 65, 218103812: 4 } },
      { Id: -101, ContainerId: -101, Name: 'Ring', ObjectClass: 10, IntValues: {} },
      lying(-102, -100),
      lying(-103, -100),
      lying(-104, 0x50000009),
      lying(-105, 0),
      lying(-106, -777),
      lying(-107, 0x50000009, { 10: 262144 }),
      lying(-108, -101),
    ])
    const { data } = await overlord.graph<{ character: { inventory: { containers: unknown } } }>(
      `query { character(name: "Packer") { inventory { containers { kind itemCount burden capacity fill
        containers { kind itemCount burden containers { kind name key capacity itemCount fill burden item { gameId }
        containers { key } } } } } } }`,
    )
    expect(data.character.inventory.containers).toEqual({
      kind: 'BODY',
      itemCount: 1,
      burden: 10,
      capacity: null,
      fill: null,
      containers: [
        {
          kind: 'MAIN_PACK',
          itemCount: 3,
          burden: 30,
          containers: [
            {
              kind: 'SIDE_PACK',
              name: 'Ring',
              key: '4294967195',
              capacity: 24,
              itemCount: 1,
              fill: 1 / 24,
              burden: 10,
              item: { gameId: 4294967195 },
              containers: [],
            },
            {
              kind: 'SIDE_PACK',
              name: 'Sack',
              key: '4294967196',
              capacity: 4,
              itemCount: 2,
              fill: 0.5,
              burden: 20,
              item: { gameId: 4294967196 },
              containers: [],
            },
          ],
        },
      ],
    })
  })
})

describe('history', () => {
  interface Stays {
    item: {
      history: {
        nodes: {
          character: { name: string }
          since: string
          until: string | null
          wornAt: string[]
          containerId: number | null
        }[]
      }
    }
  }
  const stays = async (id: string) =>
    (
      await overlord.graph<Stays>(
        `query ($id: ID!) { item(id: $id) { history { nodes { character { name } since until wornAt containerId } } }
          }`,
        { id },
      )
    ).data.item.history.nodes

  it('[IHI1] [IHI2] keeps who held an item where and when, and shows a pack as it was', async () => {
    await using plugin = await overlord.plugin('Giver')
    const delta = (character_name: string, action: string, rest: object) =>
      plugin.send({ type: 'inventory_delta', character_name, action, ...rest })
    const gem = { Id: -700, Name: 'Gem', ContainerId: 5, IntValues: {} }
    const when = (count: number) =>
      until(`${count} stays`, async () => {
        const there = await stays('Coldeve:4294966596').catch(() => [])
        return there.length === count && there
      })
    delta('Giver', 'add', { item: gem })
    await when(1)
    delta('Giver', 'update', { item: { ...gem, ContainerId: 0, CurrentWieldedLocation: 262144 } })
    await when(2)
    delta('Taker', 'add', { item: { ...gem, ContainerId: 6 } })
    await when(3)
    delta('Taker', 'remove', { item_id: -700 })
    const all = await until('the end', async () => {
      const there = await stays('Coldeve:4294966596')
      return there[0]!.until !== null && there
    })
    expect(all.map(({ character, wornAt, containerId }) => [character.name, wornAt, containerId])).toEqual([
      ['Taker', [], 6],
      ['Giver', ['LEFT_FINGER'], 0],
      ['Giver', [], 5],
    ])
    expect(all[1]!.until).toBe(all[0]!.since)
    expect(all[2]!.until).toBe(all[1]!.since)
    const then = async (name: string, at: string) =>
      (
        await overlord.graph<{ character: { inventoryAt: unknown } }>(
          `query ($n: String!, $at: DateTime!) { character(name: $n) { inventoryAt(at: $at) { itemCount items {
            nodes { item { name } equipped wornAt containerId } } } } }`,
          { n: name, at },
        )
      ).data.character.inventoryAt
    const held = (equipped: boolean, wornAt: string[], containerId: number) => ({
      itemCount: 1,
      items: { nodes: [{ item: { name: 'Gem' }, equipped, wornAt, containerId }] },
    })
    expect(await then('Giver', all[2]!.since)).toEqual(held(false, [], 5))
    expect(await then('Giver', all[1]!.since)).toEqual(held(true, ['LEFT_FINGER'], 0))
    expect(await then('Giver', all[0]!.since)).toBeNull()
    expect(await then('Taker', all[0]!.since)).toEqual(held(false, [], 6))
    expect(await then('Taker', all[0]!.until!)).toBeNull()
    expect(await then('Giver', '2020-01-01T00:00:00Z')).toBeNull()
  })
})
