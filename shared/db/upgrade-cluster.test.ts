import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { postgresEnv } from '../testing/ready-cluster.ts'
import { tempFolder } from '../testing/temp-folder.ts'
import { clusterMajor } from './embedded/major.ts'
import { launchPostgres } from './embedded/launch.ts'
import { migrate } from './migrate.ts'
import { openPool, type Pool } from './pool.ts'
import { ClusterError, upgradeCluster } from './upgrade-cluster.ts'

/** Where Debian has another Postgres than the package's; without one the rule cannot be tested. */
const OLD = ['15', '16', '17'].map((version) => `/usr/lib/postgresql/${version}`).find((folder) => existsSync(folder))
let folder: string
beforeAll(async () => void (folder = await tempFolder('majors')))
afterAll(() => rm(folder, { recursive: true, force: true }))

async function inCluster<T>(dataDir: string, postgresDir: string | undefined, work: (pool: Pool) => Promise<T>) {
  await using server = await launchPostgres(dataDir, postgresDir)
  const pool = openPool(server.url, { name: 'majors' })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

const fill = (dataDir: string) =>
  inCluster(dataDir, OLD, async (pool) => {
    await migrate(pool)
    await pool.query(`insert into characters (name, first_seen_at, last_seen_at)
      select 'Runner ' || n, now(), now() from generate_series(1, 100) n`)
    await pool.query(`insert into telemetry (character_id, received_at, at, ew, ns, kills)
      select 1 + n % 100, now(), now(), 1, 2, n from generate_series(1, 5000) n`)
  })

const sums = (pool: Pool) =>
  pool
    .query('select (select count(*) from characters) as characters, (select sum(kills) from telemetry) as kills')
    .then(({ rows }) => rows[0] as unknown)

it.skipIf(!OLD)(
  '[OPS18] [OPS19] an embedded database of another major version is brought over, after a killed attempt too',
  async () => {
    const dataDir = path.join(folder, 'a b')
    await fill(dataDir)
    const before = await inCluster(dataDir, OLD, sums)
    await expect(launchPostgres(dataDir, postgresEnv['POSTGRES_DIR'])).rejects.toThrow(
      /npm run migrate -- --old-postgres/,
    )
    // What a killed attempt leaves: a server that nobody is connected to, and half of a new cluster.
    await (await launchPostgres(dataDir, OLD)).leave()
    await mkdir(path.join(dataDir, 'postgres', 'upgrade', 'postgres'), { recursive: true })
    const options = { dataDir, oldPostgres: OLD!, postgresDir: postgresEnv['POSTGRES_DIR'] }
    const { from, to, kept, counts } = (await upgradeCluster(options))!
    expect(await upgradeCluster(options)).toBeNull() // it is done already
    expect([clusterMajor(kept), clusterMajor(path.join(dataDir, 'postgres', 'cluster'))]).toEqual([from, to])
    expect(from).toBeLessThan(to)
    expect(counts.get('characters')).toBe(100)
    expect(await inCluster(dataDir, postgresEnv['POSTGRES_DIR'], sums)).toEqual(before)
    expect(await readdir(path.join(dataDir, 'postgres'))).not.toContain('upgrade')
    // The old one is of use again with its own Postgres.
    const back = path.join(dataDir, 'postgres', 'cluster')
    await rename(back, `${back}.upgraded`)
    await rename(kept, back)
    expect(await inCluster(dataDir, OLD, sums)).toEqual(before)
    // Killed in the moment between: the new one takes its place at the next start, and no empty one is made.
    await rename(back, kept)
    expect(await inCluster(dataDir, postgresEnv['POSTGRES_DIR'], sums)).toEqual(before)
  },
)

it.skipIf(!OLD)('[OPS18] is as it was when the new one cannot be made', async () => {
  const dataDir = path.join(folder, 'fails')
  await fill(dataDir)
  const before = await inCluster(dataDir, OLD, sums)
  const broken = path.join(folder, 'broken')
  await mkdir(path.join(broken, 'bin'), { recursive: true })
  await writeFile(path.join(broken, 'bin', 'postgres'), '#!/bin/sh\necho "postgres (PostgreSQL) 99.0"\n', {
    mode: 0o755,
  })
  await expect(upgradeCluster({ dataDir, oldPostgres: OLD!, postgresDir: broken })).rejects.toThrow()
  expect(await inCluster(dataDir, OLD, sums)).toEqual(before)
  expect((await readdir(path.join(dataDir, 'postgres'))).filter((name) => /postgres-|upgrade/.test(name))).toEqual([])
})

it.skipIf(!OLD)('[OPS18] is as it was when it is interrupted', async () => {
  const dataDir = path.join(folder, 'interrupted')
  await fill(dataDir)
  const before = await inCluster(dataDir, OLD, sums)
  const ending = new AbortController()
  const options = { dataDir, oldPostgres: OLD!, postgresDir: postgresEnv['POSTGRES_DIR'], interrupted: ending.signal }
  let tables = 0
  const upgrading = upgradeCluster(options, (_, __, rows) => {
    if (rows !== null && ++tables === 120) ending.abort() // some time in the restore
  })
  await expect(upgrading).rejects.toThrow()
  expect((await readdir(path.join(dataDir, 'postgres'))).filter((name) => /postgres-|upgrade/.test(name))).toEqual([])
  expect(await inCluster(dataDir, OLD, sums)).toEqual(before)
})

it('[OPS18] is refused without an embedded database', async () => {
  const upgrading = upgradeCluster({ dataDir: path.join(folder, 'none'), oldPostgres: '/nowhere' })
  await expect(upgrading).rejects.toThrow(ClusterError)
})

it.skipIf(!OLD)('[OPS18] is refused while it runs, and with a Postgres of another version', async () => {
  const dataDir = path.join(folder, 'runs')
  await inCluster(dataDir, OLD, async (pool) => {
    await pool.query('select')
    await expect(upgradeCluster({ dataDir, oldPostgres: OLD! })).rejects.toThrow('is running. Stop Overlord first')
  })
  const wrong = upgradeCluster({ dataDir, oldPostgres: postgresEnv['POSTGRES_DIR'] ?? '/nowhere' })
  await expect(wrong).rejects.toThrow(/Name the folder of a Postgres \d+\.|There is no Postgres in \/nowhere/)
})
