import { describe, expect, it } from 'vitest'
import type { Frame } from '../plugin/frame.ts'
import { Truth } from './truth.ts'

const about = (name: string, fields: object): Frame => ({
  type: 'inventory_delta',
  character_name: name,
  timestamp: '2026-06-20T18:00:00.0000000Z',
  ...fields,
})
const girth = (fields: object = {}) => ({
  Id: -2147302131,
  ObjectClass: 2,
  HasIdData: true,
  Name: 'Celdon Girth',
  ContainerId: 0,
  IntValues: { 5: 640, 28: 412 },
  Spells: [6105],
  ...fields,
})
const rare = (timestamp: string): Frame => ({
  type: 'rare',
  character_name: 'Larsson',
  timestamp,
  name: 'Infinite Leather',
})

function truthOf(...frames: Frame[]): Truth {
  const truth = new Truth()
  for (const frame of frames) truth.record(frame.character_name!, frame)
  return truth
}

describe('the truth about items', () => {
  it('knows an item by its unsigned id', () => {
    expect(truthOf(about('Larsson', { action: 'add', item: girth() })).itemsOf('Larsson')[0]!.gameId).toBe(2147665165)
  })

  it('keeps an appraisal when a later look brings none', () => {
    const look = girth({ HasIdData: false, IntValues: { 5: 600 }, Spells: [] })
    const [item] = truthOf(
      about('Larsson', { action: 'add', item: girth() }),
      about('Larsson', { action: 'update', item: look }),
    ).itemsOf('Larsson')
    expect(item!.record).toMatchObject({ HasIdData: true, IntValues: { 5: 600, 28: 412 }, Spells: [6105] })
  })

  it('takes what a full inventory does not name from its character', () => {
    const full: Frame = { type: 'full_inventory', character_name: 'Larsson', items: [girth({ Id: -5 })] }
    const truth = truthOf(about('Larsson', { action: 'add', item: girth() }), full)
    expect(truth.itemsOf('Larsson').map((item) => item.gameId)).toEqual([4294967291])
  })

  it('gives an id that two characters speak of to the newest word, whatever the former holder says of its loss', () => {
    const truth = truthOf(
      about('Larsson', { action: 'add', item: girth() }),
      about('Sawato', { action: 'add', item: girth() }),
      about('Larsson', { action: 'remove', item_id: -2147302131 }),
    )
    expect([truth.itemsOf('Larsson').length, truth.itemsOf('Sawato').length]).toEqual([0, 1])
  })

  it('keeps items of different game servers apart', () => {
    const truth = truthOf(
      about('Larsson', { action: 'add', item: girth(), server: 'Frostfell' }),
      about('Sawato', { action: 'add', item: girth(), server: 'Darktide' }),
    )
    expect([truth.itemsOf('Larsson').length, truth.itemsOf('Sawato').length]).toEqual([1, 1])
  })
})

describe('the truth about finds and fights', () => {
  it('counts a find once however often it is sent', () => {
    expect(
      truthOf(
        rare('2026-06-20T18:06:00.0000000Z'),
        rare('2026-06-20T18:06:00.0000000Z'),
        rare('2026-06-20T18:06:01.0000000Z'),
      ).rares.length,
    ).toBe(2)
  })

  it('adds up sessions, not snapshots, and keeps the greatest blow', () => {
    const snapshot = (session: string, kills: number, max: number): Frame => {
      const blows = {
        total_attacks: kills,
        failed_attacks: 0,
        crits: 0,
        total_normal_damage: kills,
        max_normal_damage: max,
        total_crit_damage: 0,
        max_crit_damage: 0,
      }
      const tally = {
        kill_count: kills,
        damage_given: kills,
        damage_received: 0,
        offense: { Magic: { Fire: blows } },
        defense: {},
      }
      const total = {
        total_damage_given: kills,
        total_damage_received: 0,
        total_kills: kills,
        total_aetheria_surges: 0,
        total_cloak_surges: 0,
      }
      return {
        type: 'combat_stats',
        character_name: 'Larsson',
        session_id: session,
        session: { ...total, monsters: { Drudge: tally } },
      }
    }
    const life = truthOf(snapshot('a', 3, 90), snapshot('a', 5, 95), snapshot('b', 2, 40)).lifetime('Larsson')
    expect(life.total_kills).toBe(7)
    expect(life.monsters['Drudge']!.offense['Magic']!['Fire']).toMatchObject({
      total_attacks: 7,
      max_normal_damage: 95,
    })
  })

  it('does not let a late position be the newest', () => {
    const truth = new Truth()
    const at = (ew: number): Frame => ({
      type: 'telemetry',
      character_name: 'Larsson',
      timestamp: '2026-06-20T18:00:00.0000000Z',
      ew,
      ns: 0,
    })
    truth.record('Larsson', at(1))
    truth.record('Larsson', at(2), { late: true })
    expect(truth.of('Larsson').telemetry).toMatchObject({ ew: 1 })
    expect(truth.of('Larsson').positions.map((position) => position.late)).toEqual([false, true])
  })
})
