import { rm } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { register } from 'prom-client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { intake, replay } from '../../../ingest/intake/intake.ts'
import { LargeFrames } from '../../../ingest/large/large-frames.ts'
import type { Entry } from '../../../ingest/spool/backlog.ts'
import type { SpoolRecord } from '../../../ingest/spool/record.ts'
import { Spool } from '../../../ingest/spool/spool.ts'
import { idCache } from '../../../ingest/rows/id-cache.ts'
import { writeInventory } from '../../../ingest/frames/inventory/writer.ts'
import { writer } from '../../../ingest/writer/writer.ts'
import { readItem, type Item } from '../../../ingest/frames/inventory/item.ts'
import { launchPostgres, type Embedded } from '../../../shared/db/embedded/launch.ts'
import { migrate } from '../../../shared/db/migrate.ts'
import { openPool, transaction, type Pool } from '../../../shared/db/pool.ts'
import { createLog } from '../../../shared/log.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

let folder: string
let database: Embedded
let pool: Pool
let nth = 0
beforeAll(async () => {
  folder = await tempFolder('writer')
  database = await launchPostgres(folder)
  pool = openPool(database.url, { name: 'test' })
  await migrate(pool)
})
beforeEach(() => pool.query('truncate characters, items, telemetry, chat, dead_letters, inventory_changes cascade'))
afterAll(async () => {
  await pool.end()
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** Intake, spool and writer over a real database, with a clock of ours. */
function openWay(clock: () => number = Date.now, name = `spool ${nth++}`, log = createLog('silent')) {
  const pubsub = memoryPubSub()
  const spool = new Spool<Entry>({ folder: path.join(folder, name), log, flushMs: 1 })
  const large = new LargeFrames(log)
  const lanes = Object.assign(spool, { appendUnread: (record: SpoolRecord) => spool.append(record, null) })
  const storing = openPool(database.url, { name: 'writer', max: 1, pipeline: true, byIndex: true })
  const write = writer({ pool: storing, spool, replay: replay(large), pubsub, log })
  const { take } = intake({ pubsub, spool: lanes, large, gameServer: 'Coldeve', clock, log })
  return {
    send: (frame: unknown) =>
      take(Buffer.from(typeof frame === 'string' ? frame : JSON.stringify(frame)), {
        server: '',
        mayComplain: () => true,
      }),
    write,
    stored: () => until('everything to be stored', () => spool.backlogBytes === 0 && spool.end.offset > 0, 30_000),
    async [Symbol.asyncDispose]() {
      await spool.flush()
      await write[Symbol.asyncDispose]()
      await spool[Symbol.asyncDispose]()
      await storing.end()
      await large[Symbol.asyncDispose]()
    },
  }
}
const count = async (table: string) =>
  (await pool.query<{ count: number }>(`select count(*) from ${table}`)).rows[0]!.count

describe('the writer', () => {
  it('[DUR3] sets a frame aside that the database refuses, and stores those around it', async () => {
    await using way = openWay()
    // A date no Postgres knows gets past decoding only if somebody breaks it: a table that refuses stands in for that.
    await pool.query("alter table chat add constraint no_poison check (text <> 'poison')")
    for (let n = 0; n < 400; n++)
      way.send({ type: 'chat', character_name: 'Taster', text: n % 97 === 5 ? 'poison' : `line ${n}` })
    await until('the last line', async () => (await count('chat')) + (await count('dead_letters')) === 400, 30_000)
    await pool.query('alter table chat drop constraint no_poison')
    const { rows } = await pool.query<{ reason: string; frame: string }>('select reason, frame from dead_letters')
    expect(rows.length).toBe(5)
    expect(rows[0]!.reason).toContain('refused by the database')
    expect(rows[0]!.frame).toContain('poison')
  })

  it('[OPS5] shows within five seconds that a statement does not end, and what it waits for', async () => {
    const lines: { msg: string; statement?: string }[] = []
    const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[0]) })
    await using way = openWay(undefined, undefined, log)
    const holder = await pool.connect()
    await holder.query('begin; lock table chat')
    const begun = performance.now()
    way.send({ type: 'chat', character_name: 'Waiter', text: 'is anybody there?' })
    await until('the writer to have stalled', () => !way.write.storing(), 10_000)
    expect(performance.now() - begun).toBeLessThan(5_000)
    expect(way.write.slowSeconds()).toBeGreaterThan(2)
    await until('it to be logged', () => lines.some(({ msg }) => msg.startsWith('the writer has stalled')))
    expect(lines.find(({ msg }) => msg.startsWith('the writer has stalled'))!.statement).toBe('insert chat')
    expect(await register.getSingleMetricAsString('overlord_ingest_batch_running_seconds')).toMatch(/seconds [2-9]/)
    await holder.query('rollback')
    holder.release()
    await until('the line', async () => (await count('chat')) === 1)
    await until('the writer to store again', () => way.write.storing() && way.write.slowSeconds() === null)
    expect(lines.at(-1)).toMatchObject({ msg: 'a batch was slow' })
  })

  it('[DUR5] stores what came while the clock stood wrong by days, and what waited for days', async () => {
    let now = Date.now()
    await using way = openWay(() => now)
    for (const days of [0, 12, -9, 400, 0]) {
      now = Date.now() + days * 86_400_000
      for (const type of ['telemetry', 'vitals', 'chat'])
        way.send({ type, character_name: 'Traveller', ew: 1, ns: 2, text: `day ${days}`, health_current: 1 })
    }
    await until('all of them', async () => (await count('telemetry')) + (await count('chat')) === 10, 30_000)
    expect(await count('dead_letters')).toBe(0)
  })

  it('[DUR3] stores a frame once though the answer to its commit was lost', async () => {
    await using way = openWay()
    for (let round = 0; round < 6; round++) {
      for (let n = 0; n < 50; n++) way.send({ type: 'chat', character_name: 'Twice', text: `line ${round * 50 + n}` })
      await pool.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'overlord writer'",
      )
    }
    await until('all lines', async () => (await count('chat')) >= 300, 30_000)
    await way.stored()
    const { rows } = await pool.query<{ text: string }>('select text from chat order by id')
    expect(rows.map(({ text }) => text)).toEqual(Array.from({ length: 300 }, (_, n) => `line ${n}`))
  })

  it('says at its start that nothing waits once it knows that all of it is stored', async () => {
    {
      await using way = openWay(Date.now, 'stored spool')
      way.send({ type: 'chat', character_name: 'Once', text: 'line' })
      await way.stored()
    }
    await using way = openWay(Date.now, 'stored spool')
    await way.stored()
    expect(await count('chat')).toBe(1)
  })
})

describe('tellings of one item', () => {
  const bag = fc.option(
    fc.dictionary(fc.constantFrom('5', '10', '19', '28', '265', '171'), fc.integer({ min: -1, max: 9 })),
    { nil: undefined },
  )
  const telling = fc.record(
    {
      Id: fc.constantFrom(1, 2),
      HasIdData: fc.boolean(),
      Name: fc.constantFrom('One', 'Two'),
      ContainerId: fc.integer({ min: 0, max: 3 }),
      CurrentWieldedLocation: fc.integer({ min: 0, max: 3 }),
      ArmorLevel: fc.integer({ min: 0, max: 5 }),
      IntValues: bag,
      StringValues: fc.option(fc.dictionary(fc.constantFrom('1', '2'), fc.constantFrom('a', 'b')), { nil: undefined }),
      Spells: fc.option(fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }), { nil: undefined }),
    },
    { requiredKeys: ['Id'] },
  )
  const KEPT = `select game_id, name, container_id, wielded_location, armor_level, set_id, tinks, burden, value,
    appraised_at is not null as appraised,
    int_values, string_values, spells from items order by game_id`

  it('[INV2] [INV8] sent together have the same result as sent one by one', async () => {
    const store = (rows: { items: Item[] }[][]) =>
      transaction(pool, async (client) => {
        await client.query('delete from items')
        const ids = idCache()
        const about = { character: 'Teller', receivedAt: new Date(0).toISOString(), server: 'S', kind: 'put' as const }
        for (const batch of rows) {
          const full = batch.map((row) => ({ ...about, ...row }))
          await ids.prepare(
            client,
            full.map((row) => ({ table: 'inventory' as const, row })),
          )
          await writeInventory(client, full, ids)
        }
        return (await client.query(KEPT)).rows
      })
    await fc.assert(
      fc.asyncProperty(fc.array(telling, { minLength: 2, maxLength: 6 }), async (tellings) => {
        const rows = tellings.map((raw) => ({ items: [readItem(raw) as Item] }))
        expect(await store([rows])).toEqual(await store(rows.map((row) => [row])))
      }),
      { numRuns: 150 },
    )
  })
})
