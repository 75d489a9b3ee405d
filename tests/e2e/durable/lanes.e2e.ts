import { rm } from 'node:fs/promises'
import path from 'node:path'
import { register } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { intake, replay } from '../../../ingest/intake/intake.ts'
import { LargeFrames } from '../../../ingest/large/large-frames.ts'
import { Lanes } from '../../../ingest/spool/lanes.ts'
import { laneWriters } from '../../../ingest/writer/lane-writers.ts'
import { launchPostgres, type Embedded } from '../../../shared/db/embedded/launch.ts'
import { migrate } from '../../../shared/db/migrate.ts'
import { openPool, type Pool } from '../../../shared/db/pool.ts'
import { createLog } from '../../../shared/log.ts'
import { memoryPubSub } from '../../../shared/pubsub/memory.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'

let folder: string
let database: Embedded
let pool: Pool
let nth = 0
beforeAll(async () => {
  folder = await tempFolder('lanes')
  database = await launchPostgres(folder)
  pool = openPool(database.url, { name: 'test' })
  await migrate(pool)
})
afterAll(async () => {
  await large[Symbol.asyncDispose]()
  await pool?.end()
  await database?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const log = createLog('silent')
const pubsub = memoryPubSub()
const large = new LargeFrames(log)
/** The spools of a process, without writers: as while the database is away. */
function openLanes(name: string) {
  const lanes = new Lanes({ folder: path.join(folder, name), log, flushMs: 1 })
  const taking = (spool: Parameters<typeof intake>[0]['spool']) => {
    const { take } = intake({ pubsub, spool, large, gameServer: 'Coldeve', log })
    return (frame: object) => take(Buffer.from(JSON.stringify(frame)), { server: '', mayComplain: () => true })
  }
  return { lanes, send: taking(lanes), taking }
}
const openWriters = (lanes: Lanes) =>
  laneWriters({
    lanes,
    openPool: (name) => openPool(database.url, { name, max: 1, pipeline: true, byIndex: true }),
    pubsub,
    replay: replay(large),
    migrated: Promise.resolve(),
    log,
  })
/** An ingest process: two spools and their writers. */
function openWay(name = `spool ${nth++}`) {
  const { lanes, send } = openLanes(name)
  const write = openWriters(lanes)
  return {
    send,
    write,
    async [Symbol.asyncDispose]() {
      await lanes.facts.flush()
      await lanes.bulk.flush()
      await write[Symbol.asyncDispose]()
      await lanes[Symbol.asyncDispose]()
    },
  }
}
const full = (character: string, items: object[]) => ({ type: 'full_inventory', character_name: character, items })
const telemetry = (character: string) => ({ type: 'telemetry', character_name: character, ew: 1, ns: 2, kills: 1 })
const positions = async (character: string) =>
  (
    await pool.query<{ count: number }>(
      'select count(*) from latest_telemetry join characters c on c.id = character_id where c.name = $1',
      [character],
    )
  ).rows[0]!.count
const itemsOf = async (character: string) =>
  (
    await pool.query<{ name: string }>(
      'select i.name from items i join characters c on c.id = i.character_id where c.name = $1 order by 1',
      [character],
    )
  ).rows.map(({ name }) => name)

const storingMetric = () => register.getSingleMetricAsString('overlord_ingest_storing')

describe('inventories', () => {
  it('[DUR6] hold up no other frame while they cannot be stored, and that is shown', async () => {
    await using way = openWay()
    const holder = await pool.connect()
    await holder.query('begin; lock table items')
    way.send(full('Waiter', [{ Id: -1, Name: 'Sword' }]))
    way.send(telemetry('Waiter'))
    await until('the position', async () => (await positions('Waiter')) === 1)
    way.send(telemetry('Newcomer'))
    await until('another one', async () => (await positions('Newcomer')) === 1)
    await until('the bulk writer to have stalled', () => !way.write.storing(), 10_000)
    await until('the metric to show it', async () => (await storingMetric()).endsWith(' 0'))
    await holder.query('rollback')
    holder.release()
    await until('the item', async () => (await itemsOf('Waiter')).length === 1)
    await until('all to be well', () => way.write.storing())
    await until('the metric to show it', async () => (await storingMetric()).endsWith(' 1'))
  })

  it('[DUR6] of another process that are being stored hold up no frame about the same characters', async () => {
    await using one = openWay()
    await using other = openWay()
    const holder = await pool.connect()
    await holder.query('begin; lock table items')
    // Both processes see the two characters for the first time, in opposite order.
    const inventories = { 'Shared A': [{ Id: -11, Name: 'Sword' }], 'Shared B': [{ Id: -12, Name: 'Shield' }] }
    const entries = Object.entries(inventories)
    for (const [name, items] of entries) one.send(full(name, items))
    for (const [name, items] of entries.reverse()) {
      other.send(full(name, items))
      other.send(telemetry(name))
    }
    for (const name of ['Shared A', 'Shared B']) await until('the position', async () => (await positions(name)) === 1)
    await holder.query('rollback')
    holder.release()
    await until('the items', async () => (await itemsOf('Shared A')).length + (await itemsOf('Shared B')).length === 2)
  })

  it('[DUR2] that lie in the spool of an older version are stored before newer ones', async () => {
    const { lanes, send, taking } = openLanes('older')
    // An older version put every frame into the one spool.
    const older = taking({
      append: (record, rows, urgent) => lanes.facts.append(record, rows, urgent),
      appendUnread: (record) => lanes.facts.append(record, null),
      notifyWhenDurable: () => undefined,
      full: () => false,
      onRelief: () => undefined,
    })
    for (let n = 0; n < 50; n++) older(full('Upgraded', [{ Id: -21, Name: `Old ${n}` }]))
    send(full('Upgraded', [{ Id: -22, Name: 'New' }]))
    await lanes.facts.flush()
    await lanes.bulk.flush()
    await lanes[Symbol.asyncDispose]()
    await using _way = openWay('older')
    await until('the newest', async () => (await itemsOf('Upgraded')).includes('New'))
    expect(await itemsOf('Upgraded')).toEqual(['New'])
  })

  it('[INV3] of several characters that arrive together hand an item over as if each came alone', async () => {
    const { lanes, send } = openLanes('together')
    send(
      full('Giver', [
        { Id: -31, Name: 'Ring' },
        { Id: -32, Name: 'Cloak' },
      ]),
    )
    send(full('Taker', [{ Id: -33, Name: 'Boots' }]))
    send(
      full('Taker', [
        { Id: -33, Name: 'Boots' },
        { Id: -31, Name: 'Ring' },
      ]),
    )
    send(full('Giver', [{ Id: -32, Name: 'Cloak' }]))
    send({ type: 'inventory_delta', character_name: 'Giver', action: 'add', item: { Id: -34, Name: 'Wand' } })
    send(full('Third', [{ Id: -35, Name: 'Hat' }]))
    send(full('Giver', [{ Id: -34, Name: 'Wand' }]))
    await lanes.bulk.flush()
    await lanes[Symbol.asyncDispose]()
    await using _way = openWay('together')
    await until('the last', async () => (await itemsOf('Third')).length === 1)
    expect(await itemsOf('Giver')).toEqual(['Wand'])
    expect(await itemsOf('Taker')).toEqual(['Boots', 'Ring'])
  })
})
