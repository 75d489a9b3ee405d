import { describe, expect, it } from 'vitest'
import type { Frame } from './frame.ts'
import { afterPast, openPast } from './past.ts'
import type { Sent } from './shard.ts'

const HOUR_MS = 3_600_000
const START = Date.UTC(2026, 0, 5, 10)
const END = START + 8 * HOUR_MS
/** The process that goes live starts some time after the past was stored. */
const LAUNCH = END + 30_000
const WORLD = { seed: 4, characters: 12, start: START }

/** The last or first frame of a type that each character sends. */
function byCharacter(sent: readonly Sent[], type: string, which: 'first' | 'last'): Map<string, Frame> {
  const own = sent.filter(({ frame }) => frame.type === type)
  return new Map((which === 'last' ? own : own.reverse()).map(({ character, frame }) => [character.name, frame]))
}
const numbers = (frame: Frame, ...names: string[]) => names.map((name) => Number(frame[name]))

describe('a world after its past', () => {
  const past = openPast(WORLD)
  const before = byCharacter(past.playUntil(END), 'telemetry', 'last')
  const away = new Set(past.realm.characters.filter(({ away }) => away).map(({ name }) => name))
  const live = (continues: boolean) =>
    afterPast({ ...WORLD, fineFrom: LAUNCH, continues, telemetryEveryMs: 2_000 }).playUntil(LAUNCH + 20_000)

  it('goes on where the past ended: the same sessions, and counters that did not begin again', () => {
    const sent = live(true)
    expect(sent[0]!.at).toBeGreaterThanOrEqual(LAUNCH)
    const after = byCharacter(sent, 'telemetry', 'first')
    expect(after.size).toBe(WORLD.characters)
    for (const [name, frame] of after) {
      const last = before.get(name)!
      if (away.has(name)) continue
      expect(frame['session_id'], name).toBe(last['session_id'])
      const [kills, deaths] = numbers(frame, 'kills', 'total_deaths')
      const [kills0, deaths0] = numbers(last, 'kills', 'total_deaths')
      expect(kills).toBeGreaterThanOrEqual(kills0!)
      expect(deaths).toBeGreaterThanOrEqual(deaths0!)
    }
    const vitae = byCharacter(sent, 'vitals', 'first')
    for (const character of past.realm.characters)
      if (character.vitae === 0 && !away.has(character.name))
        expect(Number(vitae.get(character.name)!['vitae']), character.name).toBe(0)
  })

  it('begins a new session for each character when the world was live before', () => {
    for (const [name, frame] of byCharacter(live(false), 'telemetry', 'first'))
      expect(frame['session_id'], name).not.toBe(before.get(name)!['session_id'])
  })

  it('goes on from what was reported last when it was live before: nothing falls, and nobody seems to have died', () => {
    const reported = new Map(
      past.realm.characters.map(({ name, sheet }, n) => [
        name,
        { totalXp: sheet.totalXp + 1e9, luminanceEarned: 2e9, deaths: 10_000, vitae: n % 2 ? 5 : 0 },
      ]),
    )
    const sent = afterPast({ ...WORLD, fineFrom: LAUNCH, telemetryEveryMs: 2_000, reported }).playUntil(LAUNCH + 20_000)
    const sheets = byCharacter(sent, 'character_stats', 'first')
    const vitals = byCharacter(sent, 'vitals', 'first')
    for (const [name, last] of reported) {
      const [xp, deaths, luminance] = numbers(sheets.get(name)!, 'total_xp', 'deaths', 'luminance_earned')
      expect([xp! >= last.totalXp, deaths! >= last.deaths, luminance! >= 2e9], name).toEqual([true, true, true])
      if (last.vitae === 0) expect(Number(vitals.get(name)!['vitae']), name).toBe(0)
    }
  })
})
