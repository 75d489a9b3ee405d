// Work that the database does for a mass login, by what its statistics know. Blocks are counted, not time.
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Pool } from '../../../shared/db/pool.ts'
import { testDatabase, type TestDatabase } from '../../../shared/testing/test-database.ts'
import { testWriter } from '../../writer/testing/test-writer.ts'

const CHARACTERS = 20
const ITEMS = 200

let database: TestDatabase
let pool: Pool
beforeAll(async () => {
  // one session: its counts are flushed
  database = await testDatabase(new Date(), { max: 1, pipeline: true, byIndex: true })
  pool = database.pool
})
afterAll(() => database[Symbol.asyncDispose]())

async function blocksRead(): Promise<number> {
  await pool.query('select pg_stat_force_next_flush()')
  await pool.query('select pg_stat_clear_snapshot()')
  const { rows } = await pool.query<{ blocks: number }>(
    `select sum(heap_blks_read + heap_blks_hit + coalesce(idx_blks_read + idx_blks_hit, 0)) as blocks
     from pg_statio_user_tables where relname like 'item%'`,
  )
  return Number(rows[0]!.blocks)
}

const item = (id: number) => ({
  Id: id,
  Name: `Item ${id % 97}`,
  HasIdData: true,
  ContainerId: 1,
  IntValues: { 5: id % 50, 19: id % 1_000, 28: id % 300, 218103808: id % 500 },
  Spells: [6105],
})
/** Blocks read while many characters log in at once, each with a full inventory. */
async function login(server: string, prefix: string, first: number): Promise<number> {
  const before = await blocksRead()
  const writer = testWriter(pool)
  for (let n = 0; n < CHARACTERS; n++) {
    const items = Array.from({ length: ITEMS }, (_, nth) => item(first + n * ITEMS + nth))
    writer.queue(Date.now(), { type: 'full_inventory', character_name: `${prefix} ${n}`, server, items })
  }
  await writer.flush()
  return (await blocksRead()) - before
}

it('[INV11] a mass login costs the same on a known or a new game server, whatever the statistics know', async () => {
  const empty = await login('Known', 'A', 1)
  await pool.query('analyze')
  const blocks = {
    knownAnalyzed: await login('Known', 'B', 100_000),
    newAfterAnalyze: await login('New', 'C', 1),
    newWithStale: await login('New', 'D', 100_000),
    newerWithStale: await login('Newer', 'E', 1),
  }
  for (const [scenario, count] of Object.entries(blocks))
    expect.soft(count / empty, `${scenario}: ${count} blocks, ${empty} in an empty database`).toBeLessThan(2)
  const again = { known: await login('Known', 'A', 1), newer: await login('Newer', 'E', 1) }
  expect(again.newer / again.known).toBeLessThan(2)
})

it('[INV11] reads no more stays for new items than there are new items, however many stays are known', async () => {
  const staysRead = async () => {
    await pool.query('select pg_stat_force_next_flush()')
    await pool.query('select pg_stat_clear_snapshot()')
    const { rows } = await pool.query<{ count: number }>(
      `select (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as count from pg_stat_user_tables
       where relname = 'item_stays'`,
    )
    return rows[0]!.count
  }
  await login('Stays', 'F', 1)
  await pool.query('analyze')
  const before = await staysRead()
  await login('Stays', 'G', 100_000)
  expect((await staysRead()) - before).toBeLessThan(CHARACTERS * ITEMS)
})
