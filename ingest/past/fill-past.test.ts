// The past of a demo in a real database, compared with what was simulated.
import { describe, expect, it } from 'vitest'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { openPast } from '../simulator/plugin/past.ts'
import { fillPast, PAST_MS } from './fill-past.ts'

const HOUR_MS = 3_600_000
const WORLD = { seed: 7, characters: 6 }
/** No whole hour, as a demo is started at any time. */
const NOW = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS + 1_234_567

const fill = ({ pool }: TestDatabase, signal?: AbortSignal) =>
  fillPast(pool, { ...WORLD, gameServer: 'Coldeve', now: NOW, ...(signal && { signal }) })
async function one<T = number>({ pool }: TestDatabase, text: string): Promise<T> {
  const { rows } = await pool.query<{ value: T }>(text)
  return rows[0]!.value
}

/** Positions sent, and kills by character and hour as they show in them: counters begin at zero with each session. */
function simulated() {
  const kills: Record<string, number> = {}
  const last = new Map<string, { session: unknown; kills: number }>()
  let positions = 0
  for (const { frame, at, character } of openPast({ ...WORLD, start: NOW - PAST_MS }).playUntil(NOW)) {
    if (frame.type !== 'telemetry') continue
    positions++
    const before = last.get(character.name)
    const now = { session: frame['session_id'], kills: Number(frame['kills']) }
    const grown = before && before.session === now.session ? now.kills - before.kills : now.kills
    const hour = key(character.name, Math.floor(at / HOUR_MS))
    if (grown) kills[hour] = (kills[hour] ?? 0) + grown
    last.set(character.name, now)
  }
  return { kills, positions }
}
const key = (name: string, hour: number) => `${name} ${hour}`

/** Of the times in a column, the largest share that any hour of the past has. */
const LARGEST_SHARE = (source: string, column: string) =>
  `select (max(n) / sum(n))::float8 as value from (select count(*) as n from ${source}
     group by floor(extract(epoch from ${column} - '${new Date(NOW - PAST_MS).toISOString()}'::timestamptz) / 3600)) h`

describe('the past of a demo', () => {
  it('is stored when it happened: kills by hour are those simulated, and no hour has much more than its share', async () => {
    await using database = await testDatabase()
    await fill(database)
    const { kills, positions } = simulated()
    const { rows } = await database.pool.query<{ name: string; hour: number; kills: number }>(
      'select c.name, h.hour, h.kills from tally_hours h join characters c on c.id = h.character_id where h.kills > 0',
    )
    expect(Object.fromEntries(rows.map((row) => [key(row.name, row.hour), row.kills]))).toEqual(kills)
    expect(await one(database, 'select count(*) as value from telemetry')).toBe(positions)
    const share = 1 / 24
    for (const [source, column, more] of [
      ['telemetry', 'received_at', 0.01],
      ['vitals', 'received_at', 0.03],
      ['chat', 'received_at', 0.03],
      ['inventory_changes', 'at', 0.04],
      ['guild_events', 'at', 0.04],
    ] as const)
      expect(await one(database, LARGEST_SHARE(source, column)), source).toBeLessThan(share + more)
    const moments = await one<number>(
      database,
      `select count(*) as value from guild_events where at > '${new Date(NOW).toISOString()}'`,
    )
    expect(moments).toBe(0)
    // What is fought and how monsters are counted agree but for what was fought since the last report.
    const [tallied, byMonster] = [
      await one(database, 'select sum(kills)::int as value from tally_hours'),
      await one(database, 'select sum(kills)::int as value from monster_days'),
    ]
    expect(byMonster / tallied).toBeGreaterThan(0.97)
    expect(byMonster).toBeLessThanOrEqual(tallied * 1.01)
  }, 120_000)

  it('is stored once: what was interrupted is continued, what is there is left alone', async () => {
    await using database = await testDatabase()
    const stop = new AbortController()
    const stopping = setInterval(() => {
      void one(database, 'select count(*) as value from telemetry').then((count) => count > 500 && stop.abort())
    }, 20)
    await expect(fill(database, stop.signal)).rejects.toThrow('abort')
    clearInterval(stopping)
    const { positions } = simulated()
    const part = await one(database, 'select count(*) as value from telemetry')
    expect(part).toBeGreaterThan(0)
    expect(part).toBeLessThan(positions)
    expect((await fill(database))!.frames).toBeGreaterThan(0)
    expect(await one(database, 'select count(*) as value from telemetry')).toBe(positions)
    const events = await one(database, 'select count(*) as value from guild_events')
    expect((await fill(database))!.frames).toBe(0)
    expect(await one(database, 'select count(*) as value from telemetry')).toBe(positions)
    expect(await one(database, 'select count(*) as value from guild_events')).toBe(events)
  }, 120_000)

  it('is not made up for a database that has received frames', async () => {
    await using database = await testDatabase()
    await database.pool.query(
      "insert into characters (name, first_seen_at, last_seen_at) values ('Larsson', now(), now())",
    )
    expect(await fill(database)).toBe(null)
    expect(await one(database, 'select count(*) as value from telemetry')).toBe(0)
  })
})
