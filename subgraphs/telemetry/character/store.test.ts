import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { activities, activityOf } from '../../../shared/world/activity.ts'
import { checkDoing, type DoingWhere } from './doing.ts'
import { listCharacters } from './store.ts'

/** Name, the plugin's word, kills an hour, health. Nobody ever heard Ghost. */
const all = [
  ['Aby', 'Combat', 1200, 90],
  ['Bo', 'Navigating', 0, 100],
  ['Cy', 'idle', 12.5, 30],
  ['Dee', null, null, null],
  ['Eve', 'Combat', 400, 0],
  ['Fay', 'something new', 400, 55.5],
  ['Gus', 'DIED', 30, 100],
  ['Hal', ' ', 30, 100],
] as const

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
  const { pool } = database
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select unnest($1::text[]), now(), now()`,
    [[...all.map(([name]) => name), 'Ghost']],
  )
  for (const [name, state, kills, health] of all) {
    await pool.query(
      `insert into latest_telemetry (character_id, received_at, at, ew, ns, state, kills_per_hour)
       select id, now(), now(), 1, 2, $2, $3 from characters where name = $1`,
      [name, state, kills],
    )
    if (health !== null)
      await pool.query(
        `insert into latest_vitals (character_id, received_at, at, health_percent)
         select id, now(), now(), $2 from characters where name = $1`,
        [name, health],
      )
  }
})
afterAll(() => database[Symbol.asyncDispose]())

const asker = { viewer: { kind: 'none' }, privacy: null } as never

async function named(where: DoingWhere & { live?: boolean }): Promise<string[]> {
  const { rows, count } = await listCharacters(database.pool, where, { first: 100, after: null }, null, asker)
  expect(await count()).toBe(rows.length)
  return rows.map(({ name }) => name)
}

describe('characters by what they do', () => {
  it.each([
    [['HUNTING'], ['Aby', 'Fay']],
    [['TRAVELLING'], ['Bo']],
    [
      ['IDLE', 'DEAD'],
      ['Cy', 'Dee', 'Eve', 'Gus', 'Hal'],
    ],
    [[], []],
  ])('%s', async (wanted, names) => {
    expect(await named({ activities: wanted })).toEqual(names)
  })

  it('are read from their words as the dashboard reads them', async () => {
    for (const [name, state, , health] of all) {
      const activity = health === 0 ? 'dead' : activityOf(state)
      for (const one of activities)
        expect((await named({ activities: [one.toUpperCase()] })).includes(name)).toBe(one === activity)
    }
  })

  it('are those with figures within both bounds; without the figure nobody fits', async () => {
    expect(await named({ healthPercent: { min: 30, max: 90 } })).toEqual(['Aby', 'Cy', 'Fay'])
    expect(await named({ healthPercent: { max: 0 } })).toEqual(['Eve'])
    expect(await named({ killsPerHour: { min: 400 } })).toEqual(['Aby', 'Eve', 'Fay'])
    expect(await named({ killsPerHour: {} })).not.toContain('Dee')
  })

  it('fit all conditions that are asked for', async () => {
    expect(await named({ activities: ['HUNTING'], killsPerHour: { max: 500 }, live: true })).toEqual(['Fay'])
  })

  it('are not asked for of a moment, nor with bounds that nothing can lie within', () => {
    expect(() => checkDoing({ activities: ['IDLE'] }, '2026-06-01T00:00:00Z')).toThrow('leave `at` out')
    expect(() => checkDoing({ killsPerHour: { min: 5, max: 4 } }, null)).toThrow('ends before it begins')
    expect(() => checkDoing({ live: true } as DoingWhere, '2026-06-01T00:00:00Z')).not.toThrow()
  })
})
