import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TestWriter } from './testing/test-writer.ts'
import { testWriterAtNoon, NOON, stamp } from './testing/noon.ts'
import { dropOldHistory } from '../schedule/old-derived.ts'

const { at, other, rowsOf, newName } = testWriterAtNoon()

describe('spans of five minutes', () => {
  it('[HIS2] hold first, least, greatest and last of each figure and the half minutes seen', async () => {
    const character_name = newName()
    const frames = fc
      .sample(
        fc.record({
          second: fc.integer({ min: 0, max: 1_500 }),
          ew: fc.integer({ min: -100, max: 100 }),
          kills: fc.option(fc.integer({ min: 0, max: 50 }), { nil: null }),
        }),
        120,
      )
      .sort((a, b) => a.second - b.second)
    for (const [nth, { second, ew, kills }] of frames.entries()) {
      const reported = kills === null ? {} : { kills }
      at.queue(NOON + second * 1000, {
        type: 'telemetry',
        character_name,
        session_id: 's',
        timestamp: stamp(second),
        ew,
        ns: 1,
        ...reported,
      })
      if (nth % 7 === 3) await at.fail()
      if (nth % 5 === 0) await at.flush()
      if (nth % 31 === 0) at.restart()
    }
    await at.flush()
    const expected = [0, 1, 2, 3, 4, 5].flatMap((nth) => {
      const own = frames.filter(({ second }) => Math.floor(second / 300) === nth)
      if (!own.length) return []
      const kills = own.flatMap((frame) => frame.kills ?? [])
      const slots = new Set(own.map(({ second }) => Math.floor((second % 300) / 30)))
      return {
        span: NOON / 300_000 + nth,
        frames: own.length,
        seen: [...slots].reduce((mask, slot) => mask | (1 << slot), 0),
        ew: [own[0]!.ew, Math.min(...own.map(({ ew }) => ew)), Math.max(...own.map(({ ew }) => ew)), own.at(-1)!.ew],
        kills: kills.length
          ? [kills[0], Math.min(...kills), Math.max(...kills), kills.at(-1)]
          : [null, null, null, null],
      }
    })
    const stored = await rowsOf(
      `select span, frames, seen, array[ew_first, ew_least, ew_greatest, ew_last] as ew, array[kills_first,
        kills_least, kills_greatest, kills_last] as kills
       from telemetry_spans s join characters c on c.id = s.character_id where c.name = $1 order by span`,
      [character_name],
    )
    expect(stored).toEqual(expected)

    // What the migration counts of history stored before it is the same.
    const sums = () =>
      rowsOf(
        `select span, frames, seen, ew_least, ew_greatest, kills_least, kills_greatest from telemetry_spans s
          join characters c on c.id = s.character_id
         where c.name = $1 order by span`,
        [character_name],
      )
    const before = await sums()
    await at.pool.query('delete from telemetry_spans')
    await at.pool.query("select fill_telemetry_spans('-infinity', 'infinity')")
    expect(await sums()).toEqual(before)
    expect(await dropOldHistory(at.pool, 'telemetry', new Date(NOON + 86_400_000))).toBeGreaterThanOrEqual(
      expected.length,
    )
  })

  it('[HIS2] hold vitals too, where a figure that was never reported is null', async () => {
    const character_name = newName()
    for (const [second, health_percentage] of [
      [0, 50],
      [10, 10],
      [20, 90],
    ] as const)
      await at.store(NOON + second * 1000, { type: 'vitals', character_name, health_percentage })
    expect(
      await rowsOf(
        `select frames, health_percent_first as first, health_percent_least as least,
          health_percent_greatest as greatest, health_percent_last as last, vitae_last as vitae
         from vitals_spans s join characters c on c.id = s.character_id where c.name = $1`,
        [character_name],
      ),
    ).toEqual([{ frames: 3, first: 50, least: 10, greatest: 90, last: 90, vitae: null }])
  })

  it('[HIS3] one frame of each character is marked in every twenty seconds', async () => {
    const character_name = newName()
    for (const second of [0, 2, 19, 20, 21, 44, 45])
      at.queue(NOON + second * 1000, { type: 'telemetry', character_name, ew: second, ns: 1 })
    await at.flush()
    const marked = await rowsOf<{ ew: number }>(
      `select ew from telemetry t join characters c on c.id = t.character_id where c.name = $1 and step
        order by received_at`,
      [character_name],
    )
    expect(marked.map(({ ew }) => ew)).toEqual([0, 20, 44])
  })
})

describe('tallies', () => {
  it('[TLY9] by the hour and by five minutes of our clock add up to what the sessions count', async () => {
    const character_name = newName()
    const store = (second: number, session_id: string, kills: number, onlinetime: string, here: TestWriter = at) =>
      here.store(NOON + second * 1000, {
        type: 'telemetry',
        character_name,
        session_id,
        timestamp: stamp(second),
        ew: 1,
        ns: 1,
        kills,
        onlinetime,
        prismatic_taper_count: String(100 - kills),
      })
    await store(0, 'a', 10, '00:10:00')
    await store(30, 'a', 20, '00:10:30', other) // its plugin was with another process, and comes back
    await store(60, 'a', 25, '00:11:00')
    at.restart()
    await store(3_600, 'a', 30, '01:10:00')
    await store(3_700, 'b', 4, '00:01:00')
    await store(3_760, 'a', 28, '01:11:00') // restarted: 28 more
    expect(
      await rowsOf(
        `select hour, kills, tapers_used, online_s from tally_hours h join characters c on c.id = h.character_id
          where c.name = $1 order by hour`,
        [character_name],
      ),
    ).toEqual([
      { hour: NOON / 3_600_000, kills: 25, tapers_used: 15, online_s: 660 },
      { hour: NOON / 3_600_000 + 1, kills: 5 + 4 + 28, tapers_used: 5, online_s: 3_540 + 60 + 60 },
    ])
    expect(
      await rowsOf(
        `select span, kills, tapers_used, online_s from tally_spans h join characters c on c.id = h.character_id
          where c.name = $1 order by span`,
        [character_name],
      ),
    ).toEqual([
      { span: NOON / 300_000, kills: 25, tapers_used: 15, online_s: 660 },
      { span: NOON / 300_000 + 12, kills: 5 + 4 + 28, tapers_used: 5, online_s: 3_540 + 60 + 60 },
    ])
    const [sums] = await rowsOf(
      `select sum(kills)::int as kills, sum(online_s)::int as online from session_tallies s
        join characters c on c.id = s.character_id where c.name = $1`,
      [character_name],
    )
    expect(sums).toEqual({ kills: 62, online: 660 + 3_660 })
  })

  it('[RAR4] a rare remembers the kills of its life, of all sessions up to it', async () => {
    const character_name = newName()
    const kill = (second: number, session_id: string, kills: number) =>
      at.queue(NOON + second * 1000, {
        type: 'telemetry',
        character_name,
        session_id,
        timestamp: stamp(second),
        ew: 1,
        ns: 1,
        kills,
      })
    const find = (second: number, name: string) =>
      at.queue(NOON + second * 1000, { type: 'rare', character_name, name, timestamp: stamp(second), ew: 1, ns: 1 })
    find(0, 'Before anything')
    kill(1, 'a', 100)
    find(2, 'First')
    kill(3, 'a', 140)
    await at.flush()
    kill(4, 'b', 7)
    find(5, 'Second')
    kill(6, 'b', 9)
    await at.flush()
    expect(
      await rowsOf(
        `select r.name, life_kills from rares r join characters c on c.id = r.character_id where c.name = $1
          order by r.at`,
        [character_name],
      ),
    ).toEqual([
      { name: 'Before anything', life_kills: 140 }, // no session reported: what was known when it was stored
      { name: 'First', life_kills: 100 },
      { name: 'Second', life_kills: 147 },
    ])
  })
})

describe('what stood', () => {
  it('[ATM3] of a fight is kept at the end of every ten minutes in which it was reported', async () => {
    const character_name = newName()
    const fight = (second: number, total_kills: number) =>
      at.store(NOON + second * 1000, {
        type: 'combat_stats',
        character_name,
        session_id: 's',
        timestamp: stamp(second),
        session: { total_kills, monsters: {} },
      })
    await fight(0, 1)
    await fight(300, 2)
    at.restart()
    await fight(601, 3)
    await fight(700, 4)
    await fight(1_900, 1) // restarted
    expect(
      await rowsOf(
        `select received_at, part, (snapshot ->> 'total_kills')::int as kills from combat_history h
          join characters c on c.id = h.character_id
         where c.name = $1 order by received_at`,
        [character_name],
      ),
    ).toEqual([
      { received_at: stamp(300), part: 0, kills: 2 },
      { received_at: stamp(700), part: 0, kills: 4 },
    ])
  })

  it('[HIS4] of each sheet its level, experience and luminance are kept', async () => {
    const character_name = newName()
    await at.store(NOON, { type: 'character_stats', character_name, level: 100, total_xp: 5 })
    await at.store(NOON + 600_000, {
      type: 'character_stats',
      character_name,
      level: 101,
      total_xp: '9',
      luminance_earned: 3,
    })
    expect(
      await rowsOf(
        `select level, total_xp, luminance_earned from sheet_history h join characters c on c.id = h.character_id
          where c.name = $1 order by received_at`,
        [character_name],
      ),
    ).toEqual([
      { level: 100, total_xp: 5, luminance_earned: null },
      { level: 101, total_xp: 9, luminance_earned: 3 },
    ])
  })
})
