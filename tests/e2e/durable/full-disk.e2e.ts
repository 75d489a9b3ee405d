// A disk that fills while Overlord runs: a small one in memory, with the embedded database and the spool on it.
import { spawnSync } from 'node:child_process'
import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { until } from '../../../shared/testing/until.ts'
import { readSamples } from '../../promql/exposition.ts'

const SIZE = '640m'
const MEGABYTE = 2 ** 20
const METRICS_TOKEN = 'a metrics token for tests only'
const LINES = { before: 200, meanwhile: 3_000 }
const disk = await tempFolder('small disk')
const mount = () => spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', disk]).status === 0
const unmount = () => spawnSync('umount', [disk]).status === 0
/** Only root may mount. */
const mayMount = process.getuid?.() === 0 && mount() && unmount()
const ballast = path.join(disk, 'ballast')

/** Writes until nothing more fits. */
function fillDisk(): void {
  const file = openSync(ballast, 'w')
  try {
    for (let piece = Buffer.alloc(MEGABYTE); piece.length > 0; piece = piece.subarray(0, piece.length >> 1))
      try {
        for (;;) writeSync(file, piece)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
  } finally {
    closeSync(file)
  }
}

afterAll(() => rm(disk, { recursive: true, force: true }))

describe.skipIf(!mayMount)('[DUR4] a disk that fills', () => {
  let overlord: TestOverlord
  beforeAll(async () => {
    mount()
    chmodSync(disk, 0o755) // Postgres is another user than root
    overlord = await startOverlord({ env: { DATA_DIR: path.join(disk, 'data'), METRICS_TOKEN } })
  }, 60_000)
  afterAll(async () => {
    await overlord?.[Symbol.asyncDispose]()
    unmount()
  })

  /** Lines of chat that are stored; null while the database is away. */
  async function stored(): Promise<number | null> {
    const client = new pg.Client({ connectionString: await databaseOf(path.join(disk, 'data')) })
    client.on('error', () => undefined) // it may end at any moment
    try {
      await client.connect()
      const { rows } = await client.query<{ count: string }>("select count(*) from chat where text like 'Line %'")
      return Number(rows[0]!.count)
    } catch {
      return null
    } finally {
      await client.end().catch(() => undefined)
    }
  }
  const faults = async () => {
    const answer = await fetch(`${overlord.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })
    return readSamples(await answer.text()).find(({ name }) => name === 'overlord_ingest_spool_faults_total')!.value
  }

  it('slows plugins down, ends nothing, and has lost nothing once there is room again', async () => {
    await using plugin = await overlord.plugin('Larsson')
    const send = (count: number, from: number) => {
      for (let n = from; n < from + count; n++)
        plugin.send({ type: 'chat', character_name: 'Larsson', text: `Line ${n} ${'x'.repeat(1_000)}`, color: 1 })
    }
    send(LINES.before, 0)
    await until('the first lines', async () => (await stored()) === LINES.before, 30_000)
    fillDisk()
    send(LINES.meanwhile, LINES.before)
    await until('the disk to refuse the spool', async () => (await faults()) > 0, 30_000)
    expect(plugin.isOpen()).toBe(true)
    expect((await fetch(`${overlord.url}/healthz`)).status).toBe(200)
    rmSync(ballast)
    await until('all lines', async () => (await stored()) === LINES.before + LINES.meanwhile, 90_000)
    await until('it to be ready', async () => (await fetch(`${overlord.url}/readyz`)).status === 200, 30_000)
    expect(plugin.isOpen()).toBe(true)
  }, 200_000)
})
