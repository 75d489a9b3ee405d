import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { combatStats } from './combat/shape.ts'
import { readWornItems } from '../../shared/contract/worn-items.ts'
import { countdownSeconds } from './quest/shape.ts'
import { readDungeonLevels } from './dungeon/shape.ts'
import { readRadarObject } from './radar/shape.ts'
import { vitals } from './vitals/shape.ts'

const golden = (file: string) =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'golden', `${file}.json`), 'utf8')) as Record<string, unknown>
const DAY = 86_400

describe('a countdown', () => {
  it.each([
    ['6d 3h 11m', 6 * DAY + 3 * 3600 + 11 * 60],
    ['6d3h11m5s', 6 * DAY + 3 * 3600 + 11 * 60 + 5],
    ['2h', 7200],
    ['1w 2d', 9 * DAY],
    ['6 days, 3 hours', 6 * DAY + 3 * 3600],
    ['1,5 hours', 5400],
    ['1.02:03:04', DAY + 2 * 3600 + 3 * 60 + 4],
    ['1.02:03', DAY + 2 * 3600 + 3 * 60],
    ['20.00:00:00.1234567', 20 * DAY],
    ['2d 01:00:00', 2 * DAY + 3600],
    ['1:02:03:04', DAY + 2 * 3600 + 3 * 60 + 4],
    ['03:11:00', 3 * 3600 + 11 * 60],
    ['03:11', 3 * 3600 + 11 * 60],
    ['in 45m', 2700],
    ['Ready in 3h', 3 * 3600],
    ['available again in 2 days and 1 hr', 2 * DAY + 3600],
    ['1d:02:03:04', DAY + 2 * 3600 + 3 * 60 + 4],
    ['5 mins 3 secs', 303],
    ['3600', 3600],
    [' 90.5 ', 90],
    ['0', 0],
    ['READY', 0],
    ['ready!', 0],
    ['Available now', 0],
    ['-00:05:00', 0],
    ['-12', 0],
  ])('[QST1] of %s is %s seconds', (text, seconds) => {
    expect(countdownSeconds(text)).toBe(seconds)
  })
  it.each([
    [undefined],
    [''],
    ['???'],
    ['soon'],
    ['not ready'],
    ['6d and a bit'],
    ['9999999d'],
    ['1:2:3:4:5'],
    ['d'],
    ['readying'],
    ['1 month'],
    ['5 mo'],
    ['ready on Sunday'],
  ])('[QST2] of %s is not known', (text) => {
    expect(countdownSeconds(text)).toBeNull()
  })
})

describe('worn items', () => {
  it('[EQP2] are read from today’s list', () => {
    expect(readWornItems(golden('equipment_cantrip_state')['items'])).toEqual([
      {
        itemId: 2147665165,
        name: 'Gold Celdon Girth',
        state: 'active',
        currentMana: 812,
        maxMana: 1200,
        secondsLeft: 8120,
        spells: [{ spellId: 6105, name: 'Legendary Strength', active: true }],
      },
    ])
  })
  it('[EQP2] are read by id and with bare spells, as older builds send them', () => {
    expect(readWornItems(golden('equipment_cantrip_state.older')['equipment'])).toMatchObject([
      { itemId: 2147665165, state: 'Active', maxMana: 1200, spells: [{ spellId: 6105, name: null, active: null }] },
    ])
  })
  it.each([
    ['02:15:20', 8120],
    ['1.00:00:01.5000000', 86_401],
    ['8,120', 8120],
    [90.5, 90],
    ['-00:05:00', null],
    [-1, null],
    ['soon', null],
  ])('[EQP2] have so many seconds left when sent %j: %s', (ManaTimeRemaining, secondsLeft) => {
    expect(readWornItems([{ Id: 1, ManaTimeRemaining }])).toMatchObject([{ secondsLeft }])
  })
  it('[EQP2] [INV7] have unknown mana when sent -1', () => {
    const sent = { Id: 1, current_mana: -1, MaximumMana: '-1' }
    expect(readWornItems([sent])).toMatchObject([{ currentMana: null, maxMana: null }])
    expect(readWornItems([{ Id: 1, mana: '1,200' }])).toMatchObject([{ currentMana: 1200 }])
  })
  it.each([[null], [7], ['all'], [[null, 3, {}, { item_id: 'x' }, { item_id: 1e12 }, []]], [{ a: { name: 'b' } }]])(
    '[EQP2] are none where there are none: %j',
    (items) => {
      expect(readWornItems(items)).toEqual([])
    },
  )
})

describe('a thing on the radar', () => {
  it.each([
    ['Monster', 'Monster', 5],
    ['npc', 'npc', 37],
    ['Weird', 'Weird', null],
    [14, 'Portal', 14],
    ['24', 'Player', 24],
    [999, '999', 999],
    [undefined, null, null],
  ])('[RDR2] of class %s is %s, number %s', (sent, objectClassName, objectClass) => {
    expect(readRadarObject({ id: -1, object_class: sent })).toMatchObject({
      gameId: 4294967295,
      objectClassName,
      objectClass,
    })
  })
  it.each([[null], [5], [{}], [{ id: 'x' }], [{ id: 1.5 }]])('[RDR2] is none when it is %j', (raw) => {
    expect(readRadarObject(raw)).toBeNull()
  })
})

describe('the floor of a dungeon', () => {
  it('[DNG2] comes by level or in one list, lowest level first', () => {
    const cell = { envId: 612, x: 70, y: -40, rotation: 0 }
    expect(readDungeonLevels(golden('dungeon_map')['z_levels'])).toEqual([
      { z: -6, cells: [{ ...cell, rotation: 180 }] },
    ])
    expect(readDungeonLevels(golden('dungeon_map.older')['tiles'])).toEqual([{ z: -6, cells: [cell] }])
    const flat = [
      { env_id: 1, x: 0, y: 0, z: 6 },
      { env_id: 'x', x: 0, y: 0 },
      { env_id: 2, x: 0, y: 0, z: 0 },
    ]
    expect(readDungeonLevels(flat).map(({ z, cells }) => [z, cells.length])).toEqual([
      [0, 1],
      [6, 1],
    ])
    expect(readDungeonLevels({})).toEqual([])
    const levels = [12, -6, 6, -12].map((z) => ({ z, cells: [{ env_id: 1, x: 0, y: 0 }] }))
    expect(readDungeonLevels(levels).map(({ z }) => z)).toEqual([-12, -6, 6, 12])
  })
  it('[DNG2] has at most 20,000 cells', () => {
    const cells = (count: number) => Array.from({ length: count }, (_, x) => ({ env_id: 1, x, y: 0 }))
    const levels = readDungeonLevels([
      { z: 0, cells: cells(15_000) },
      { z: 6, cells: cells(15_000) },
    ])
    expect(levels.map((level) => level.cells.length)).toEqual([15_000, 5_000])
  })
})

describe('an older combat frame', () => {
  it('[CMB6] is read with its own names, without attack types, and without its lifetime', () => {
    const decoded = combatStats.decode(golden('combat_stats.older'))
    expect(decoded).toMatchObject({ ok: true, dropped: [], unknown: [] })
    expect(decoded.ok && decoded.frame.session).toEqual({
      total_kills: 220,
      total_aetheria_surges: 31,
      total_cloak_surges: 4,
      monsters: {
        'Drudge Slinker': {
          kill_count: 220,
          offense: { Unknown: { Fire: { total_attacks: 411, failed_attacks: 12 } } },
        },
      },
    })
  })
  it('[CMB6] may mix both ways, and today’s name wins', () => {
    const offense = {
      Magic: { Cold: { crits: 1 } },
      Unknown: { Acid: { crits: 2 } },
      Fire: { crits: 3 },
      tallied: true,
    }
    const session = { total_cloak_surges: 1, cloak_surges: 9, monsters: { Wasp: { offense }, Rat: { defense: {} } } }
    expect(combatStats.decode({ character_name: 'A', session })).toMatchObject({
      frame: {
        session: {
          total_cloak_surges: 1,
          monsters: {
            Wasp: {
              offense: { Magic: { Cold: { crits: 1 } }, Unknown: { Acid: { crits: 2 }, Fire: { crits: 3 } } },
            },
          },
        },
      },
    })
  })
})

describe('vitals', () => {
  const read = (raw: object) => vitals.decode({ character_name: 'A', ...raw })
  it('[VIT1] take `health` above 100 for points where their maximum is sent, and for a share otherwise', () => {
    const frame = { character_name: 'A', health_current: 341, health_max: 372, mana_percentage: 53 }
    expect(read({ health: 341, health_max: 372, mana: 53 })).toMatchObject({ ok: true, frame, unknown: [] })
    const share = { character_name: 'A', health_percentage: 90, health_max: 372 }
    expect(read({ health: '90', health_max: 372 })).toEqual({ ok: true, frame: share, dropped: [], unknown: [] })
  })
})
