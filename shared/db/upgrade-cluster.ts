// Brings an embedded database over from another major version of Postgres: by a backup and a restore.
import fs from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { backup, type Progress } from './backup/backup.ts'
import { restore } from './backup/restore.ts'
import { findBinaries } from './embedded/binaries.ts'
import { withFolderLock } from './embedded/folder-lock.ts'
import { binaryMajor, clusterMajor, finishSwap, upgradedOf } from './embedded/major.ts'
import { launchPostgres } from './embedded/launch.ts'
import { readPostmaster } from './embedded/postmaster.ts'
import { openPool, type Pool } from './pool.ts'
import { terminateOnAbort } from './terminate-on-abort.ts'

/** Why a cluster cannot be brought over, with the way out. */
export class ClusterError extends Error {}

/** What was brought over. */
export interface Upgraded {
  /** Rows by table. */
  counts: ReadonlyMap<string, number>
  /** Major versions of Postgres. */
  from: number
  to: number
  /** The folder in which the old cluster is kept. */
  kept: string
}

/** What is brought over, and by what. */
export interface UpgradeOptions {
  dataDir: string
  oldPostgres: string
  postgresDir?: string | undefined
  interrupted?: AbortSignal
}

/**
 * Restores what the embedded cluster of a data folder holds into a new one, and keeps the old one beside it, with the
 * same password. The new one is made apart and takes the place of the old one when it is whole: whatever fails or is
 * killed before, the old one is where it was.
 * @param oldPostgres folder with the bin/ of a Postgres of the version that made the cluster
 * Null when the cluster is of the version that runs from now on already.
 * @param postgresDir the Postgres to run from now on; without one, that of the package
 * @param interrupted ends it; all is as before then
 * @throws ClusterError when there is nothing to bring over, or the old Postgres is not of the cluster's version
 */
export async function upgradeCluster(
  { dataDir, oldPostgres, postgresDir, interrupted }: UpgradeOptions,
  progress: Progress = () => undefined,
): Promise<Upgraded | null> {
  const data = path.join(path.resolve(dataDir), 'postgres', 'cluster')
  finishSwap(data)
  if ((await binaryMajor(postgresDir ? path.resolve(postgresDir) : await findBinaries({}))) === clusterMajor(data))
    return null
  const from = await refuseUnfit(data, oldPostgres)
  const folder = fs.realpathSync(path.dirname(data)) // as root it may be a link to a folder that `nobody` can reach
  const kept = `${data}.postgres-${from}`
  if (fs.existsSync(kept)) throw new ClusterError(`${kept} is kept from an earlier upgrade. Move it elsewhere first.`)
  const apart = path.join(folder, 'upgrade')
  await clear(apart, postgresDir)
  try {
    fs.mkdirSync(apart)
    const file = path.join(apart, 'all.backup')
    await withCluster(dataDir, oldPostgres, interrupted, async (pool, adopted) => {
      if (adopted) await refuseCompany(pool)
      await backup(pool, file, progress)
    })
    const password = fs.readFileSync(path.join(folder, 'password'), 'utf8').trim()
    const counts = await withCluster(apart, postgresDir, interrupted, async (pool) => {
      const restored = await restore(pool, file, { overwrite: false, progress })
      await pool.query(`alter role current_user password ${pg.escapeLiteral(password)}`)
      return restored
    })
    interrupted?.throwIfAborted()
    await withFolderLock(folder, () => swap(path.join(apart, 'postgres', 'cluster'), data, kept))
    return { counts, from, to: clusterMajor(data)!, kept }
  } finally {
    fs.rmSync(apart, { recursive: true, force: true })
  }
}

/** The version that made the cluster. */
async function refuseUnfit(data: string, oldPostgres: string): Promise<number> {
  const from = clusterMajor(data)
  if (from === null) throw new ClusterError(`There is no embedded database in ${data}. See DATA_DIR.`)
  const old = await binaryMajor(path.resolve(oldPostgres))
  if (old === from) return from
  throw new ClusterError(
    `The embedded database was made by Postgres ${from}, and ${oldPostgres} is Postgres ${old}. Name the folder of a ` +
      `Postgres ${from}.`,
  )
}

/** Removes what a killed attempt left, which may still run. */
async function clear(apart: string, postgresDir: string | undefined): Promise<void> {
  if (readPostmaster(path.join(apart, 'postgres', 'cluster')))
    await (await launchPostgres(apart, postgresDir))[Symbol.asyncDispose]()
  fs.rmSync(apart, { recursive: true, force: true })
}

/** A server that runs already belongs to Overlord, or was left by a killed attempt: then nobody else is connected. */
async function refuseCompany(pool: Pool): Promise<void> {
  const { rows } = await pool.query(
    `select from pg_stat_activity where datname = current_database() and application_name like 'overlord %'
       and pid <> pg_backend_pid()`,
  )
  if (rows.length) throw new ClusterError('The embedded database is running. Stop Overlord first.')
}

/** Two renames; one who is killed between them leaves what `finishSwap` finishes. */
function swap(made: string, data: string, kept: string): Promise<void> {
  if (readPostmaster(data)) throw new ClusterError('The embedded database was started meanwhile. Stop Overlord first.')
  const upgraded = upgradedOf(data)
  fs.rmSync(upgraded, { recursive: true, force: true }) // of an attempt that was killed before the old one was moved
  fs.renameSync(made, upgraded)
  fs.renameSync(data, kept)
  finishSwap(data)
  return Promise.resolve()
}

async function withCluster<T>(
  dataDir: string,
  postgresDir: string | undefined,
  interrupted: AbortSignal | undefined,
  work: (pool: Pool, adopted: boolean) => Promise<T>,
): Promise<T> {
  const server = await launchPostgres(dataDir, postgresDir)
  const pool = openPool(server.url, { name: 'upgrade', max: 2 })
  if (interrupted) terminateOnAbort(pool, server.url, interrupted)
  let isTheirs = false
  try {
    interrupted?.throwIfAborted()
    return await work(pool, server.adopted)
  } catch (error) {
    isTheirs = error instanceof ClusterError
    throw error
  } finally {
    await pool.end()
    if (isTheirs) await server.leave()
    else await server[Symbol.asyncDispose]()
  }
}
