// What each frame becomes: its rows, word for word.
import { describe, expect, it } from 'vitest'
import { Left } from '../../shared/contract/left.ts'
import { isShare } from '../../shared/contract/relayed-types.ts'
import { readFlags, readInts, readNumbers, readSpells, readTexts } from './inventory/item-bags.ts'
import { contract, handlers, isUrgent, tables } from './registry.ts'

const NOW = '2026-06-20T12:00:00.000Z'
const AT = '2026-06-20T11:59:58.000Z'
const base = { character: 'Larsson', at: AT, receivedAt: NOW }

/** What a frame becomes: as it is decoded, and then handled. */
function made(type: string, fields: object) {
  const raw = { type, character_name: 'Larsson', timestamp: AT, ...fields }
  const decoded = contract.get(type)!.decode(raw as never)
  if (!decoded.ok) throw new Error(`${decoded.path} ${decoded.reason}`)
  const context = { now: new Date(NOW), receivedAt: NOW, server: 'Coldeve', nextId: () => '7', raw }
  return handlers.get(type)!(decoded.frame as never, context)
}
const rowsOf = (type: string, fields: object) => {
  const outcome = made(type, fields)
  return outcome.kept ? outcome.rows : [outcome.path, outcome.reason]
}

describe('a spawn', () => {
  it('is a row of its place', () => {
    expect(rowsOf('spawn', { mob: 'Drudge', ew: 1.5, ns: -2.5, z: 3 })).toEqual([
      { table: 'spawns', row: { ...base, monster: 'Drudge', ew: 1.5, ns: -2.5, z: 3 } },
    ])
    expect(rowsOf('spawn', { mob: 'Drudge', ew: 1, ns: 2 })).toMatchObject([{ row: { z: null } }])
  })
})

describe('a sheet', () => {
  it('is a row of what is understood, beside the frame as it came', () => {
    const fields = { level: 275, race: 'Aluvian', skills: { Run: { base: 10, training: 'Trained' } }, rank: 3 }
    const rows = rowsOf('character_stats', fields)
    expect(rows).toEqual([
      {
        table: 'character_sheets',
        row: {
          ...base,
          sheet: expect.objectContaining({ level: 275, race: 'Aluvian', skills: fields.skills }) as unknown,
          raw: expect.objectContaining(fields) as unknown,
        },
      },
    ])
  })

  it.each([
    'allegiance',
    'rank',
    'followers',
    'monarch',
    'patron',
    'vassals',
    'properties',
    'titles',
    'current_title',
    'augmentations',
  ])('knows the field %s, which is kept as it came', (name) => {
    const decoded = contract.get('character_stats')!.decode({ type: 'character_stats', character_name: 'A', [name]: 1 })
    expect(decoded).toMatchObject({ ok: true, unknown: [] })
  })
})

describe('vitals', () => {
  it.each([
    [{ health_current: 1, health_max: 3 }, 33.3],
    [{ health_current: 0, health_max: 3 }, 0],
    [{ health_current: 1, health_max: 3, health_percentage: 50 }, 50],
    [{ health_max: 3 }, null],
    [{ health_current: 1 }, null],
    [{ health_current: 1, health_max: 0 }, null],
  ])('%j: health in percent is %j', (fields, percent) => {
    expect(rowsOf('vitals', fields)).toMatchObject([{ table: 'vitals', row: { healthPercent: percent } }])
  })
})

describe('a change of the inventory', () => {
  const item = { Id: 7, Name: 'Sword' }
  const place = { character: 'Larsson', receivedAt: NOW, server: 'Coldeve' }
  it('puts one item', () => {
    expect(made('inventory_delta', { action: 'add', item })).toMatchObject({
      kept: true,
      rows: [{ table: 'inventory', row: { ...place, kind: 'put', items: [{ gameId: 7, name: 'Sword' }] } }],
      publish: [],
      dropped: [],
    })
    expect(rowsOf('inventory_delta', { action: 'add', item, server: 'Frostfell' })).toMatchObject([
      { row: { server: 'Frostfell' } },
    ])
  })

  it.each([
    [{ item_id: 9 }, 9],
    [{ item }, 7],
    [{ item, item_id: 9 }, 9],
    [{ item_id: -1 }, 4_294_967_295],
  ])('takes one away: %j', (fields, gameId) => {
    expect(rowsOf('inventory_delta', { action: 'remove', ...fields })).toEqual([
      { table: 'inventory', row: { ...place, kind: 'take', gameId } },
    ])
  })

  it.each([
    [{ action: 'remove' }, ['/item_id', 'is missing']],
    [{ action: 'add' }, ['/item', 'is missing']],
  ])('is dropped: %j', (fields, why) => expect(rowsOf('inventory_delta', fields)).toEqual(why))

  it('is dropped with the reason of its item', () => {
    const [path, reason] = rowsOf('inventory_delta', { action: 'add', item: { Name: 'no id' } })
    expect([path, typeof reason, reason]).toEqual(['/item', 'string', expect.not.stringMatching('is missing$')])
  })
})

describe('a whole inventory', () => {
  const bad = (n: number) => ({ Name: `bad ${n}` })
  it('keeps the last of twins, and lays its bad items with the dead letters, twenty at most', () => {
    const items = [{ Id: 1, Name: 'old' }, { Id: 1, Name: 'new' }, ...Array.from({ length: 25 }, (_, n) => bad(n))]
    const outcome = made('full_inventory', { items })
    if (!outcome.kept) throw new Error(outcome.reason)
    const [row, ...letters] = outcome.rows
    expect(row).toMatchObject({
      table: 'inventory',
      row: { kind: 'full', character: 'Larsson', receivedAt: NOW, server: 'Coldeve', items: [{ name: 'new' }] },
    })
    expect([letters.length, outcome.counted, outcome.publish]).toEqual([20, Array(25).fill('bad_item'), []])
    expect(letters[0]!.row).toMatchObject({
      type: 'full_inventory',
      character: 'Larsson',
      path: '/items/2',
      frame: '{"Name":"bad 0"}',
    })
  })

  it('keeps of a bad item the beginning, and of one nested too deep nothing', () => {
    let deep: object = {}
    for (let level = 0; level < 150; level++) deep = { deep }
    const outcome = made('full_inventory', { items: [{ Name: 'x'.repeat(5000) }, deep] })
    if (!outcome.kept) throw new Error(outcome.reason)
    const frames = outcome.rows.slice(1).map(({ row }) => (row as unknown as { frame: string }).frame)
    expect([frames[0]!.length, frames[1]]).toEqual([1024, 'nested too deep'])
  })
})

describe('a bag of an item', () => {
  const read = <V>(reader: (value: unknown, left: Left, path: string) => V, value: unknown) => {
    const left = new Left()
    return [reader(value, left, 'item'), left.dropped]
  }
  it.each([
    ['nothing', undefined, null, []],
    ['null', null, null, []],
    ['no bag', [1], null, ['item/IntValues']],
    ['plain figures', { 1: 5, 4294967295: -1 }, { 1: 5, 4294967295: -1 }, []],
    ['figures in words', { 1: '5', 2: 6 }, { 1: 5, 2: 6 }, []],
    ['nulls, which are left out', { 1: null, 2: 6 }, { 2: 6 }, []],
    ['what is no figure', { 1: 'x', 2: 6 }, { 2: 6 }, ['item/IntValues/*']],
    ['a key that harms', JSON.parse('{"__proto__":5,"2":6}'), { 2: 6 }, []],
    ['a long key', { 12345678901: 5 }, { 12345678901: 5 }, []],
    ['a half character in a key', { 'a longer key \ud800': 5 }, { 'a longer key \ufffd': 5 }, []],
  ])('of whole numbers: %s', (_, value, bag, dropped) => {
    expect(read(readInts, value)).toEqual([bag, dropped])
  })
  it('that is plain is not copied', () => {
    const plain = { 1: 5, 1234567890: 6 }
    expect(read(readInts, plain)[0]).toBe(plain)
    const long = { 12345678901: 5 }
    expect(read(readInts, long)[0]).not.toBe(long)
  })
  it('of numbers, texts and truths', () => {
    expect(read(readNumbers, { 1: '1.5', 2: 'x' })).toEqual([{ 1: 1.5 }, ['item/DoubleValues/*']])
    expect(read(readTexts, { 1: 'a\ud800', 2: 3 })).toEqual([{ 1: 'a\ufffd' }, ['item/StringValues/*']])
    expect(read(readFlags, { 1: true, 2: {} })).toEqual([{ 1: true }, ['item/BoolValues/*']])
  })
  it.each([
    [undefined, null, []],
    [null, null, []],
    ['x', null, ['item/Spells']],
    [[1, '2', 2_147_483_647], [1, 2, 2_147_483_647], []],
    [[1, 'x', 2_147_483_648], [1], ['item/Spells/*']],
  ])('of spells: %j', (value, spells, dropped) => {
    const left = new Left()
    expect([readSpells(value, 'Spells', left, 'item'), left.dropped]).toEqual([spells, dropped])
  })
})

describe('the register', () => {
  const row = (table: string) => ({ table, row: {} }) as never
  it('knows that rares are urgent, and nothing else is', () => {
    expect([...tables.keys()].filter((table) => isUrgent([row(table)]))).toEqual(['rares'])
    expect([isUrgent([]), isUrgent([row('chat'), row('rares')]), isUrgent([row('no such table')])]).toEqual([
      false,
      true,
      false,
    ])
  })
  it('knows what is shared between plugins by how its type begins', () => {
    expect(['share_vitals', 'share_', 'share', 'xshare_'].map(isShare)).toEqual([true, true, false, false])
  })
  it('writes the table of every row that a folder has', () => {
    expect([...tables.keys()]).toEqual(
      expect.arrayContaining(['combat_sessions', 'character_sheets', 'spawns', 'quests']),
    )
    for (const table of tables.values()) expect(table.write).toBeTypeOf('function')
  })
})
