import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heatCell, hourOf } from '../../shared/world/dereth/heat-cells.ts'
import type { TestWriter, Frame } from './testing/test-writer.ts'
import { testWriterAtNoon, NOON, stamp } from './testing/noon.ts'
import { dropOldBuckets, dropOldPortals } from '../schedule/old-derived.ts'

const { at, other, rowsOf, newName } = testWriterAtNoon()

describe('portals', () => {
  const list = () =>
    rowsOf(`select p.name, z, c.name as by, discovered_at, seen_at from portals p
      join characters c on c.id = p.discovered_by
      where ns_tenths = 660 order by ew_tenths`)
  const see = (character_name: string, second: number, fields: object) =>
    at.store(NOON + second * 1000, { type: 'portal', character_name, ns: 66, ...fields })

  it('[PRT1] [PRT2] [PRT3] are one per place, renewed by each sighting, discovered again after an hour', async () => {
    await see('Finder', 0, { ew: -44.34, z: 10.5, portal_name: 'Town Network' })
    await see('Second', 60, { ew: -44.26 })
    await see('Second', 61, { ew: -44.4, portal_name: 'Elsewhere' })
    const first = { name: 'Town Network', z: 10.5, by: 'Finder', discovered_at: stamp(0), seen_at: stamp(60) }
    const other = { name: 'Elsewhere', z: null, by: 'Second', discovered_at: stamp(61), seen_at: stamp(61) }
    expect(await list()).toEqual([other, first])
    await see('Third', 3_600 + 61, { ew: -44.31, portal_name: 'Renamed' })
    expect(await list()).toEqual([
      other,
      { name: 'Renamed', z: 10.5, by: 'Third', discovered_at: stamp(3_661), seen_at: stamp(3_661) },
    ])
    expect(await rowsOf('select count(*) from portal_sightings')).toEqual([{ count: 4 }])
    expect(await dropOldPortals(at.pool, new Date(NOON + 100_000))).toBe(1)
    expect(await list()).toHaveLength(1)
  })
})

describe('spawns', () => {
  it('[SPN1] [SPN2] are kept one by one and counted by cell, hour and monster, whatever the batches', async () => {
    const seen = fc.sample(
      fc.record({
        mob: fc.constantFrom('Drudge', 'Wasp', 'constructor'),
        ew: fc.constantFrom(-44.25, 10.05, 101.95, 500),
        ns: fc.constantFrom(66.05, -3.95),
        second: fc.integer({ min: 0, max: 5 * 3_600 }),
      }),
      300,
    )
    for (let nth = 0; nth < seen.length; nth += 37)
      for (const { second, ...fields } of seen.slice(nth, nth + 37)) {
        at.queue(NOON + second * 1000, { type: 'spawn', character_name: 'Hunter', ...fields })
        if (nth % 2) await at.flush()
      }
    await at.flush()
    const expected = new Map<string, number>()
    const add = (key: string) => expected.set(key, (expected.get(key) ?? 0) + 1)
    for (const { mob, second, ...place } of seen) {
      const cell = heatCell(place)
      if (cell === null) continue
      for (const monster of ['all', mob]) add(`${monster} ${hourOf(NOON + second * 1000)} ${cell}`)
      add(`day ${Math.floor(hourOf(NOON + second * 1000) / 24)} ${cell}`)
    }
    const counted = await rowsOf<{ key: string; spawns: number }>(`
      select concat(coalesce(m.name, 'all'), ' ', hour, ' ', cell) as key, spawns from spawn_hours
      left join monsters m on m.id = monster_id
      union all select concat('day ', day, ' ', cell), spawns from spawn_days`)
    expect(new Map(counted.map(({ key, spawns }) => [key, spawns]))).toEqual(expected)
    expect(await rowsOf('select count(*) from spawns')).toEqual([{ count: 300 }])

    const before = new Date(NOON + 8 * 3_600_000)
    const ofDay = counted.filter(({ key }) => key.startsWith('day')).length
    expect(await dropOldBuckets(at.pool, before)).toBe(counted.length - ofDay)
    expect(await dropOldBuckets(at.pool, new Date(NOON + 86_400_000))).toBe(ofDay)
  })
})

describe('the newest report', () => {
  it('[QST3] of a quest counts, in one batch or in several', async () => {
    const store = (second: number, countdown: string) =>
      at.queue(NOON + 600_000, {
        type: 'quest',
        character_name: 'Q',
        quest_name: 'Q',
        countdown,
        timestamp: stamp(second),
      })
    for (const [second, countdown] of [
      [5, '2h'],
      [9, '1h'],
      [7, '3h'],
    ] as const)
      store(second, countdown)
    expect((await at.flush()).map(({ event }) => event)).toMatchObject([{ character: 'Q', countdown: '1h' }])
    store(8, '4h')
    expect(await at.flush()).toEqual([])
    expect(await rowsOf("select countdown, ready_at from quests where name = 'Q'")).toEqual([
      { countdown: '1h', ready_at: stamp(600 + 3_600) },
    ])
  })
  it('[EQP1] of equipment is kept whole', async () => {
    const store = (second: number, mark: string) =>
      at.store(NOON, {
        type: 'equipment_cantrip_state',
        character_name: 'E',
        timestamp: stamp(second),
        items: [],
        mark,
      })
    for (const [second, mark] of [
      [5, 'one\0'],
      [9, 'two'],
      [7, 'late'],
    ] as const)
      await store(second, mark)
    expect(await rowsOf('select raw from equipment')).toMatchObject([{ raw: { mark: 'two', items: [] } }])
  })
  it('[DNG1] of a floor is written only when it differs', async () => {
    const store = (second: number, env_id: number) =>
      at.store(NOON + second * 1000, {
        type: 'dungeon_map',
        landblock: '01E9',
        z_levels: [{ z: 0, cells: [{ env_id, x: 0, y: 0 }] }],
      })
    const changes = () => rowsOf('select changed_at from dungeon_maps')
    expect(await store(0, 1)).toHaveLength(1)
    expect(await store(1, 1)).toEqual([])
    at.restart()
    expect(await store(2, 1)).toEqual([])
    expect(await changes()).toEqual([{ changed_at: stamp(0) }])
    expect(await store(3, 2)).toHaveLength(1)
    expect(await changes()).toEqual([{ changed_at: stamp(3) }])
  })
  it('[DNG1] of a floor loses no level to a plugin that reports only one of them', async () => {
    const level = (z: number, env_id: number) => ({ z, cells: [{ env_id, x: 0, y: 0 }] })
    const store = (second: number, ...z_levels: object[]) =>
      at.store(NOON + second * 1000, { type: 'dungeon_map', landblock: '0202', z_levels })
    const levels = async () =>
      (
        await rowsOf<{ levels: { z: number; cells: { envId: number }[] }[] }>(
          `select levels from dungeon_maps where landblock = '0202'`,
        )
      )[0]!.levels.map(({ z, cells }) => [z, cells[0]!.envId])
    expect(await store(0, level(0, 1), level(-6, 2))).toHaveLength(1)
    expect(await store(1, level(0, 1))).toEqual([])
    expect(await store(2, level(6, 3), level(0, 4))).toHaveLength(1)
    expect(await levels()).toEqual([
      [-6, 2],
      [0, 4],
      [6, 3],
    ])
  })
})

interface Step {
  session: number
  seconds: number
  kills: number
  deaths: number
  tapers: number
  event: 'plain' | 'restarts' | 'twice' | 'late' | 'rare' | 'fails' | 'restart' | 'stored' | 'moves'
}
const steps = fc.array(
  fc.record<Step>({
    session: fc.integer({ min: 0, max: 2 }),
    seconds: fc.integer({ min: 1, max: 9 }),
    kills: fc.integer({ min: 0, max: 5 }),
    deaths: fc.integer({ min: 0, max: 1 }),
    tapers: fc.integer({ min: -4, max: 4 }),
    event: fc.constantFrom(
      'plain',
      'plain',
      'restarts',
      'twice',
      'late',
      'rare',
      'fails',
      'restart',
      'moves',
      'stored',
    ),
  }),
  { minLength: 1, maxLength: 40 },
)

describe('sessions', () => {
  it('[TLY1] [TLY2] [TLY3] [TLY4] [TLY5] [TLY6] [TLY7] add up as a naive count does, whatever goes wrong', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (play) => {
        let [here, elsewhere]: [TestWriter, TestWriter] = [at, other]
        const character_name = newName()
        const plugins = [0, 1, 2].map((nth) => ({
          session_id: nth === 2 ? undefined : `session ${nth}`,
          second: nth * 1000,
          kills: 0,
          deaths: 0,
          tapers: 500,
          sent: [] as Frame[],
          counted: { kills: 0, deaths: 0, tapers_used: 0, rares: 0 },
        }))
        let rares = 0
        for (const { session, seconds, kills, deaths, tapers, event } of play) {
          const plugin = plugins[session]!
          if (event === 'restarts') Object.assign(plugin, { kills: 0, deaths: 0 })
          else {
            plugin.kills += kills
            plugin.deaths += deaths
            plugin.counted.kills += kills
            plugin.counted.deaths += deaths
          }
          if (plugin.sent.length) plugin.counted.tapers_used += Math.max(0, -tapers)
          plugin.tapers += tapers
          plugin.second += seconds
          const frame = {
            type: 'telemetry',
            character_name,
            session_id: plugin.session_id,
            ew: 1,
            ns: 2,
            timestamp: stamp(plugin.second),
            kills: plugin.kills,
            deaths: String(plugin.deaths),
            prismatic_taper_count: String(plugin.tapers),
          }
          here.queue(NOON, frame)
          if (event === 'twice') here.queue(NOON, frame)
          if (event === 'late' && plugin.sent.length) here.queue(NOON, plugin.sent[plugin.sent.length >> 1]!)
          if (event === 'rare') {
            here.queue(NOON, { type: 'rare', character_name, name: `Rare ${rares++}` })
            plugin.counted.rares++
          }
          if (event === 'fails') await here.fail()
          if (event === 'restart') await here.flush().then(() => here.restart())
          if (event === 'stored' || event === 'moves') await here.flush()
          if (event === 'moves') [here, elsewhere] = [elsewhere, here]
          plugin.sent.push(frame)
        }
        await here.flush()
        const stored = await rowsOf<{ key: string }>(
          `select key, kills, deaths, tapers_used, (select count(*) from rares r where r.character_id = s.character_id
            and session_key = key) as rares
           from session_tallies s join characters c on c.id = s.character_id where c.name = $1 order by key`,
          [character_name],
        )
        const expected = plugins
          .filter((plugin) => plugin.sent.length)
          .map(({ session_id = '', counted }) => ({ key: session_id, ...counted }))
        expect(stored).toEqual(expected.sort((a, b) => (a.key < b.key ? -1 : 1)))
      }),
      { numRuns: 60 },
    )
  })
})

describe('fights', () => {
  interface Fought {
    key: string
    part: number
    snapshot: { total_kills: number; monsters: Record<string, { kill_count: number }> }
  }
  const fights = (name: string) =>
    rowsOf<Fought>(
      `select key, part, snapshot from (select * from (select character_id, key, part, snapshot from combat_sessions) s
         union all select character_id, key, part, snapshot from combat_parts) f
       join characters c on c.id = f.character_id where c.name = $1 order by key, part`,
      [name],
    )

  it('[CMB1] [CMB3] [CMB4] are banked as a naive count does it, whatever goes wrong on the way', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (play) => {
        let [here, elsewhere]: [TestWriter, TestWriter] = [at, other]
        const character_name = newName()
        const plugins = [0, 1].map((nth) => ({
          session_id: `session ${nth}`,
          second: 0,
          parts: [] as Record<string, number>[],
          sent: [] as Frame[],
        }))
        for (const { session, seconds, kills, event } of play) {
          const plugin = plugins[session % 2]!
          const before = plugin.parts.at(-1)
          const monster = kills % 2 ? 'Wasp' : 'constructor'
          const restarted =
            !before || (event === 'restarts' && Object.values(before).reduce((sum, n) => sum + n, 0) > 0)
          if (restarted) plugin.parts.push({})
          const part = plugin.parts.at(-1)!
          if (!before || !restarted) part[monster] = (Object.hasOwn(part, monster) ? part[monster]! : 0) + kills
          plugin.second += seconds
          const monsters = Object.fromEntries(Object.entries(part).map(([name, kill_count]) => [name, { kill_count }]))
          const total_kills = Object.values(part).reduce((sum, n) => sum + n, 0)
          const frame = {
            type: 'combat_stats',
            character_name,
            session_id: plugin.session_id,
            timestamp: stamp(plugin.second),
            session: { total_kills, monsters },
          }
          here.queue(NOON, frame)
          if (event === 'twice') here.queue(NOON, frame)
          if (event === 'late' && plugin.sent.length) here.queue(NOON, plugin.sent[plugin.sent.length >> 1]!)
          if (event === 'fails') await here.fail()
          if (event === 'restart') await here.flush().then(() => here.restart())
          if (event === 'stored' || event === 'moves') await here.flush()
          if (event === 'moves') [here, elsewhere] = [elsewhere, here]
          plugin.sent.push(frame)
        }
        await here.flush()
        const stored = (await fights(character_name)).map(({ key, snapshot }) => [
          key,
          Object.fromEntries(Object.entries(snapshot.monsters).map(([name, { kill_count }]) => [name, kill_count])),
        ])
        expect(stored).toEqual(plugins.flatMap(({ session_id, parts }) => parts.map((part) => [session_id, part])))
      }),
      { numRuns: 40 },
    )
  })

  it('[CMB3] [TIM3] go on by a clock that was put back, once nothing comes by the newer one any more', async () => {
    const character_name = newName()
    const fight = (received: number, second: number, total_kills: number) =>
      at.queue(NOON + received * 1000, {
        type: 'combat_stats',
        character_name,
        session_id: 's',
        timestamp: stamp(second),
        session: { total_kills },
      })
    fight(3600, 3600, 5)
    for (const n of [1, 2, 3, 4]) fight(3600 + n * 10, n * 10, 5 + n)
    await at.flush()
    fight(3650, 50, 10)
    fight(3651, 45, 7) // late
    await at.flush()
    expect((await fights(character_name)).map(({ snapshot }) => snapshot.total_kills)).toEqual([10])
  })

  it('[CMB5] without a session belong to the one played, in the order frames came', async () => {
    const character_name = newName()
    const fight = (second: number, total_kills: number) =>
      at.queue(NOON, { type: 'combat_stats', character_name, timestamp: stamp(second), session: { total_kills } })
    const play = (session_id: string) => at.queue(NOON, { type: 'telemetry', character_name, session_id, ew: 1, ns: 1 })
    fight(1, 7)
    play('one')
    fight(2, 1)
    play('two')
    fight(3, 2)
    await at.flush()
    at.restart()
    fight(4, 3)
    await at.flush()
    expect((await fights(character_name)).map(({ key, snapshot }) => [key, snapshot.total_kills])).toEqual([
      ['', 7],
      ['one', 1],
      ['two', 3],
    ])
  })
})
