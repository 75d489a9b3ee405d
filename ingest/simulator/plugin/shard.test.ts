import { beforeAll, describe, expect, it } from 'vitest'
import { EDGE } from '../../../shared/world/dereth/coordinates.ts'
import { rareTier } from '../../../shared/world/dereth/rares.ts'
import { TOP_SPEED } from '../world/walk.ts'
import type { Frame } from './frame.ts'
import { playWorld, SOME_MOMENT, type Sent } from './shard.ts'

const text = (sent: readonly Sent[]) => sent.map((one) => JSON.stringify(one.frame)).join('\n')
const ofType = (sent: readonly Sent[], type: string) => sent.filter((one) => one.frame.type === type)

/** Pairs of neighbouring positions of one character between which no portal, death or login lies. */
function* strides(sent: readonly Sent[]): Generator<{ speed: number; from: Frame; to: Frame }> {
  const before = new Map<string, Frame>()
  for (const { character, frame } of sent) {
    if (frame.type === 'portal') before.delete(character.name)
    if (frame.type !== 'telemetry') continue
    const last = before.get(character.name)
    before.set(character.name, frame)
    if (!last || last['total_deaths'] !== frame['total_deaths']) continue
    const seconds = (Date.parse(frame.timestamp!) - Date.parse(last.timestamp!)) / 1000
    const way = Math.hypot(
      (frame['ew'] as number) - (last['ew'] as number),
      (frame['ns'] as number) - (last['ns'] as number),
    )
    // Positions are sent with four digits; over a short time rounding alone would look like speed.
    yield { speed: Math.max(0, way - 0.0003) / seconds, from: last, to: frame }
  }
}

describe('a played world', () => {
  let sent: Sent[]
  beforeAll(() => {
    sent = [...playWorld({ seed: 11, characters: 20, minutes: 30 })]
  })

  it('is the same for the same seed, byte for byte, even a second time', () => {
    const play = () => text([...playWorld({ seed: 5, characters: 4, minutes: 6 })])
    expect(play()).toBe(play())
  })

  it('is another one for another seed', () => {
    const play = (seed: number) => text([...playWorld({ seed, characters: 2, minutes: 1 })])
    expect(play(1)).not.toBe(play(2))
  })

  it('sends every type of the contract', () => {
    const crowd = [...playWorld({ seed: 3, characters: 60, minutes: 12 })]
    expect([...new Set(crowd.map((one) => one.frame.type))].sort()).toEqual([
      'character_stats',
      'chat',
      'combat_stats',
      'dungeon_map',
      'equipment_cantrip_state',
      'full_inventory',
      'inventory_delta',
      'nearby_objects',
      'portal',
      'quest',
      'rare',
      'register',
      'share_position_update',
      'share_vital_update',
      'spawn',
      'telemetry',
      'vitals',
    ])
  })

  it('sends timestamps in order, with seven digits of a second', () => {
    expect(sent.every((one, i) => i === 0 || one.at >= sent[i - 1]!.at)).toBe(true)
    expect(
      sent.filter(
        (one) => one.frame.timestamp && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/.test(one.frame.timestamp),
      ),
    ).toEqual([])
  })

  it('starts each character with register, all it holds, and its sheet', () => {
    const first = sent.filter((one) => one.character.index === 3).slice(0, 4)
    expect(first.map((one) => one.frame.type)).toEqual(['register', 'full_inventory', 'character_stats', 'vitals'])
  })

  it('sends the four numbers as strings that the plugin sends so', () => {
    const { frame } = ofType(sent, 'telemetry')[0]!
    for (const field of ['kills_per_hour', 'deaths', 'total_deaths', 'prismatic_taper_count'])
      expect(frame[field], field).toMatch(/^\d+(\.\d+)?$/)
    for (const field of ['kills', 'ew', 'ns', 'mem_mb']) expect(frame[field], field).toBeTypeOf('number')
  })

  it('lets no character run faster than people run, except through portals and death', () => {
    const fastest = Math.max(...[...strides(sent)].map((stride) => stride.speed))
    expect(fastest).toBeGreaterThan(0.02)
    expect(fastest).toBeLessThanOrEqual(TOP_SPEED * 1.02)
  })

  it('keeps every character on the map', () => {
    const off = ofType(sent, 'telemetry').filter(
      ({ frame }) => Math.abs(frame['ew'] as number) > EDGE + 1 || Math.abs(frame['ns'] as number) > EDGE + 1,
    )
    expect(off).toEqual([])
  })

  it('counts only up within a session: kills, deaths, every leaf of a fight', () => {
    const before = new Map<string, number[]>()
    for (const { frame } of ofType(sent, 'combat_stats')) {
      const session = frame['session'] as {
        total_kills: number
        total_damage_given: number
        total_damage_received: number
      }
      const now = [session.total_kills, session.total_damage_given, session.total_damage_received]
      const last = before.get(frame['session_id'] as string) ?? [0, 0, 0]
      expect(now.every((value, i) => value >= last[i]!)).toBe(true)
      before.set(frame['session_id'] as string, now)
    }
    expect(before.size).toBeGreaterThan(10)
  })

  it('makes the parts of a fight add up to its totals', () => {
    for (const { frame } of ofType(sent, 'combat_stats').slice(-20)) {
      const { monsters, ...total } = frame['session'] as Record<string, number> & {
        monsters: Record<string, Record<string, number>>
      }
      const sum = (field: string) => Object.values(monsters).reduce((all, monster) => all + monster[field]!, 0)
      expect([sum('kill_count'), sum('damage_given'), sum('damage_received')]).toEqual([
        total['total_kills'],
        total['total_damage_given'],
        total['total_damage_received'],
      ])
    }
  })

  it('adds what is found without appraisal and updates it with one a moment later', () => {
    const frames = ofType(sent, 'inventory_delta').map(
      (one) => one.frame as Frame & { action: string; item?: { Id: number; HasIdData: boolean } },
    )
    const added = frames.filter((frame) => frame.action === 'add' && !frame.item!.HasIdData)
    const richer = new Set(
      frames.filter((frame) => frame.action === 'update' && frame.item!.HasIdData).map((frame) => frame.item!.Id),
    )
    expect(added.length).toBeGreaterThan(30)
    expect(added.filter((frame) => richer.has(frame.item!.Id)).length).toBeGreaterThan(added.length * 0.9)
    expect(frames.some((frame) => frame.action === 'remove' && (frame['item_id'] as number) < 0)).toBe(true)
  })

  it('shows a death as vitae leaving zero, in steps of five', () => {
    const crowd = [...playWorld({ seed: 21, characters: 60, minutes: 40, telemetryEveryMs: 10_000 })]
    const vitae = ofType(crowd, 'vitals').map(({ frame }) => frame['vitae'] as number)
    expect(Math.max(...vitae)).toBeGreaterThanOrEqual(5)
    expect(vitae.every((value) => value >= 0 && value <= 40)).toBe(true)
  })

  it('finds rares that the tables know, common ones far more often', () => {
    const crowd = ofType(
      [...playWorld({ seed: 9, characters: 60, minutes: 60, telemetryEveryMs: 30_000 })],
      'rare',
    ).map(({ frame }) => rareTier(frame['name'] as string))
    expect(crowd).not.toContain('UNKNOWN')
    expect(crowd.length).toBeGreaterThan(40)
    expect(crowd.filter((tier) => tier === 'COMMON').length).toBeGreaterThan(crowd.length * 0.75)
  })
})

describe('a history', () => {
  const span = { seed: 7, characters: 12, minutes: 0, warmUpMinutes: 2880 }
  let past: Sent[]
  beforeAll(() => {
    past = [...playWorld(span)]
  })

  it('is honest: it starts so long ago and leads up to the present', () => {
    const moments = ofType(past, 'telemetry').map((one) => one.at)
    expect(moments[0]).toBeLessThan(SOME_MOMENT - 2870 * 60_000)
    expect(moments.at(-1)).toBeGreaterThan(SOME_MOMENT - 3000)
    expect(moments.at(-1)).toBeLessThanOrEqual(SOME_MOMENT)
  })

  it('is coarse, but its last ten minutes are sent at normal pace', () => {
    const sent = ofType(past, 'telemetry')
    const recent = sent.filter((one) => one.at > SOME_MOMENT - 600_000).length
    expect(recent / 12).toBeGreaterThan(280)
    expect((sent.length - recent) / 12).toBeLessThan(1500)
    expect((sent.length - recent) / 12).toBeGreaterThan(900)
  })

  it('lets no character fly', () => {
    expect(
      Math.max(...[...strides(past.filter((one) => one.at > SOME_MOMENT - 600_000))].map((stride) => stride.speed)),
    ).toBeLessThanOrEqual(TOP_SPEED * 1.02)
  })

  it('stays within eighty thousand positions for a large fleet', () => {
    const many = ofType([...playWorld({ ...span, characters: 200, warmUpMinutes: 1440 })], 'telemetry')
    expect(many.filter((one) => one.at <= SOME_MOMENT - 600_000).length).toBeLessThan(90_000)
  })
})
