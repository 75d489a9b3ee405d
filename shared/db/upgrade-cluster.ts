// Brings an embedded database over from another major version of Postgres: by a backup and a restore.
import fs from 'node:fs'
import path from 'node:path'
import { backup, type Progress } from './backup/backup.ts'
import { restore } from './backup/restore.ts'
import { binaryMajor, clusterMajor } from './embedded/major.ts'
import { launchPostgres } from './embedded/launch.ts'
import { readPostmaster } from './embedded/postmaster.ts'
import { openPool, type Pool } from './pool.ts'

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

/**
 * Restores what the embedded cluster of a data folder holds into a new one, and keeps the old one beside it. When
 * anything fails, the old one is where it was.
 * @param oldPostgres folder with the bin/ of a Postgres of the version that made the cluster
 * @param postgresDir the Postgres to run from now on; without one, that of the package
 * @throws ClusterError when there is nothing to bring over, or the old Postgres is not of the cluster's version
 */
export async function upgradeCluster(
  { dataDir, oldPostgres, postgresDir }: { dataDir: string; oldPostgres: string; postgresDir?: string | undefined },
  progress: Progress = () => undefined,
): Promise<Upgraded> {
  const folder = path.join(path.resolve(dataDir), 'postgres')
  const data = path.join(folder, 'cluster')
  const from = await refuseUnfit(data, oldPostgres)
  const kept = `${data}.postgres-${from}`
  if (fs.existsSync(kept)) throw new ClusterError(`${kept} is kept from an earlier upgrade. Move it elsewhere first.`)
  const file = path.join(folder, `upgrade-from-${from}.backup`)
  const password = path.join(folder, 'password')
  const oldPassword = fs.readFileSync(password)
  try {
    await withCluster(dataDir, oldPostgres, (pool) => backup(pool, file, progress))
    fs.renameSync(data, kept)
    try {
      const counts = await withCluster(dataDir, postgresDir, (pool) =>
        restore(pool, file, { overwrite: false, progress }),
      )
      return { counts, from, to: clusterMajor(data)!, kept }
    } catch (error) {
      fs.rmSync(data, { recursive: true, force: true })
      fs.renameSync(kept, data)
      fs.writeFileSync(password, oldPassword)
      throw error
    }
  } finally {
    fs.rmSync(file, { force: true })
  }
}

/** The version that made the cluster. */
async function refuseUnfit(data: string, oldPostgres: string): Promise<number> {
  const from = clusterMajor(data)
  if (from === null) throw new ClusterError(`There is no embedded database in ${data}. See DATA_DIR.`)
  if (readPostmaster(data)) throw new ClusterError('The embedded database is running. Stop Overlord first.')
  const old = await binaryMajor(path.resolve(oldPostgres))
  if (old === from) return from
  throw new ClusterError(
    `The embedded database was made by Postgres ${from}, and ${oldPostgres} is Postgres ${old}. Name the folder of a ` +
      `Postgres ${from}.`,
  )
}

async function withCluster<T>(
  dataDir: string,
  postgresDir: string | undefined,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  await using server = await launchPostgres(dataDir, postgresDir)
  const pool = openPool(server.url, { name: 'upgrade', max: 2 })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}
