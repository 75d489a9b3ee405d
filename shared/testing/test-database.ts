import { rm } from 'node:fs/promises'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { openPool, type Pool, type PoolOptions } from '../db/pool.ts'
import { dataFolder, postgresDir } from './ready-cluster.ts'
import { readyDatabase } from './ready-server.ts'

export type TestDatabase = AsyncDisposable & { pool: Pool; url: string }

/** A database of its own with the schema of today. */
export async function testDatabase(
  now = new Date(),
  options: Pick<PoolOptions, 'max' | 'pipeline' | 'byIndex'> = { pipeline: true, byIndex: true },
): Promise<TestDatabase> {
  const database = (await readyDatabase()) ?? (await ownServer())
  const pool = openPool(database.url, { name: 'test', ...options })
  await migrate(pool, now)
  return {
    pool,
    url: database.url,
    async [Symbol.asyncDispose]() {
      await pool.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

async function ownServer(): Promise<{ url: string } & AsyncDisposable> {
  const dataDir = await dataFolder('database')
  const database = await openDatabase({ dataDir, postgresDir })
  return {
    url: database.url,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
