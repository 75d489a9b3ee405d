import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { ChunkCache } from './chunk-cache.ts'
import { listWorlds, readSquare } from './store.ts'

let database: TestDatabase
let pool: Pool
const chunks = new ChunkCache()
beforeAll(async () => {
  database = await testDatabase()
  pool = openPool(database.url, { name: 'worlds', max: 2 })
  const state = JSON.stringify({ connected: true, timeOfDay: 0, weather: 'CLEAR', focus: null })
  const bot = JSON.stringify([{ id: 'b', kind: 'BOT', name: 'Eye', x: -0.5, y: 64, z: 20.2 }])
  await pool.query(
    `insert into worlds (name, kind, state, entities) values ('w', 'DEMO', $1, $2), ('none', 'DEMO', $1, '[]')`,
    [state, bot],
  )
  const cells = JSON.stringify({ palette: ['stone'], blocks: Array(256).fill(0), heights: Array(256).fill(64) })
  await pool.query(
    `insert into world_chunks (world, cx, cz, cells) select w, x, z, $1 from unnest(array['w', 'none']) w,
       generate_series(-3, 3) x, generate_series(-3, 3) z`,
    [cells],
  )
})
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
})

/** West and east edge, north and south edge, and how many columns there are. */
async function extent(world: string, center: { x: number; z: number } | null, radius: number) {
  const { runs } = (await readSquare({ pool, chunks }, world, center, radius))!
  const rows = Array.from({ length: runs.length / 5 }, (_, nth) => runs.slice(nth * 5, nth * 5 + 5))
  const columns = rows.reduce((sum, [, , length]) => sum + length!, 0)
  const west = Math.min(...rows.map(([x]) => x!))
  const east = Math.max(...rows.map(([x, , length]) => x! + length! - 1))
  return [west, east, Math.min(...rows.map(([, z]) => z!)), Math.max(...rows.map(([, z]) => z!)), columns]
}

describe('a square of a world', () => {
  it('is around a place, else around the bot, else around the origin', async () => {
    expect(await extent('w', { x: -17, z: 3 }, 2)).toEqual([-19, -15, 1, 5, 25])
    expect(await extent('w', null, 4)).toEqual([-5, 3, 16, 24, 81])
    expect(await extent('none', null, 16)).toEqual([-16, 16, -16, 16, 33 * 33])
  })
  it('has what changed since it was read before, also after its world was stored again from the beginning', async () => {
    const place = { x: 8, z: 8 }
    const blocks = async () => {
      const { palette, runs } = (await readSquare({ pool, chunks }, 'w', place, 1))!
      expect(runs[2]).toBe(3)
      return palette
    }
    const paint = (block: string) =>
      pool.query(
        `update world_chunks set cells = jsonb_set(cells, '{palette,0}', to_jsonb($1::text))
         where world = 'w' and cx = 0 and cz = 0`,
        [block],
      )
    expect([await blocks(), await blocks()]).toEqual([['stone'], ['stone']])
    await paint('sand')
    expect([await blocks(), await blocks()]).toEqual([['sand'], ['sand']])
    const { rows } = await pool.query<{ cells: object }>(
      'delete from world_chunks where cx = 0 and cz = 0 returning cells',
    )
    expect((await readSquare({ pool, chunks }, 'w', place, 1))!.runs).toEqual([])
    await pool.query('insert into world_chunks (world, cx, cz, cells) select w, 0, 0, $1 from unnest($2::text[]) w', [
      JSON.stringify(rows[0]!.cells),
      ['w', 'none'],
    ])
    await paint('dirt')
    expect(await blocks()).toEqual(['dirt'])
    const read: string[] = []
    const watched = {
      query: async (statement: { values: string[] }) => {
        read.push(statement.values[4]!)
        return pool.query(statement as never)
      },
    } as never
    await readSquare({ pool: watched, chunks }, 'w', place, 1)
    expect(JSON.parse(read[0]!)).toHaveLength(1) // the columns are not sent again
  })
  it('is empty far away, at the ends of all numbers, and null of an unknown world', async () => {
    for (const x of [-2_147_483_648, 2_147_483_647])
      expect((await readSquare({ pool, chunks }, 'w', { x, z: x }, 48))!.runs).toEqual([])
    expect(await readSquare({ pool, chunks }, 'nowhere', null, 16)).toBeNull()
  })
})

describe('worlds', () => {
  it('that run come first: one that an earlier run stored hides none', async () => {
    const names = async () => (await listWorlds(pool)).map(({ name }) => name)
    expect(await names()).toEqual(['none', 'w'])
    const lead = (world: string, until: string) =>
      pool.query(
        'insert into world_leaders (world, leader, until) values ($1, gen_random_uuid(), now() + $2::interval)',
        [world, until],
      )
    await lead('w', '1 minute')
    expect(await names()).toEqual(['w', 'none'])
    await lead('none', '-1 minute')
    expect(await names()).toEqual(['w', 'none'])
  })
})
