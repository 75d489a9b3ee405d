import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { spawnCounts } from './counts.ts'

const NOW = 490_000
const DAY = Math.floor(NOW / 24)

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database[Symbol.asyncDispose]())

/** What the writer does with sightings in one cell of an hour. */
async function see(hour: number, cell: number, spawns: number): Promise<void> {
  for (const [text, values] of [
    [
      `insert into spawn_hours values (0, $1, $2, $3) on conflict (monster_id, hour, cell) do update
        set spawns = spawn_hours.spawns + excluded.spawns`,
      [hour, cell, spawns],
    ],
    [
      `insert into spawn_days values ($1, $2, $3) on conflict (day, cell) do update
        set spawns = spawn_days.spawns + excluded.spawns`,
      [Math.floor(hour / 24), cell, spawns],
    ],
    [
      'insert into spawn_versions values ($1, 1) on conflict (hour) do update set version = spawn_versions.version + 1',
      [hour],
    ],
  ] as const)
    await database.pool.query(text, [...values])
}

describe('counts of spawns in mind', () => {
  it('[SPN4] are those of the database, whenever an hour grows, be it long past', async () => {
    const counts = spawnCounts(database.pool)
    const at = async (cell: number, hours: number) => (await counts.sum(NOW, hours))[cell]
    await see(NOW, 7, 1)
    await see(NOW - 3, 7, 10)
    await see(NOW - 100, 7, 100)
    expect([await at(7, 1), await at(7, 24), await at(7, 168)]).toEqual([1, 11, 111])
    await see(NOW, 7, 1)
    expect([await at(7, 1), await at(7, 24), await at(7, 168)]).toEqual([2, 12, 112])
    await see(NOW - 100, 7, 100) // a frame that waited
    await see(NOW - 50, 8, 5)
    expect([await at(7, 168), await at(8, 168), await at(8, 24)]).toEqual([212, 5, 0])
    // The next day: what was hours becomes a day, counted once.
    const tomorrow = (DAY + 1) * 24 + 5
    expect((await counts.sum(tomorrow, 168))[7]).toBe(212)
    expect((await Promise.all([counts.sum(NOW, 168), counts.sum(NOW, 24)])).map((sums) => sums[7])).toEqual([212, 12])
  })

  it('[SPN4] read again only what has changed', async () => {
    const asked: string[] = []
    const pool = {
      query: (text: string, values: unknown[]) => (
        asked.push(`${text.slice(0, 14)} ${JSON.stringify(values)}`),
        database.pool.query(text, values)
      ),
    }
    const counts = spawnCounts(pool as never)
    await counts.sum(NOW, 168)
    asked.length = 0
    await counts.sum(NOW, 168)
    expect(asked).toHaveLength(1)
    await see(NOW, 9, 1)
    asked.length = 0
    await counts.sum(NOW, 168)
    expect(asked.slice(1)).toEqual([`select hour as [[${NOW}]]`])
  })
})
