import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { dataFolder, postgresEnv } from '../../testing/ready-cluster.ts'
import { launchPostgres } from './launch.ts'
import { readPostmaster } from './postmaster.ts'

it('a server that is killed while it is stopped counts as stopped', async () => {
  for (const delayMs of [0, 4, 16]) {
    const dataDir = await dataFolder('killed')
    const server = await launchPostgres(dataDir, postgresEnv['POSTGRES_DIR'])
    const data = path.join(dataDir, 'postgres', 'cluster')
    const { pid } = readPostmaster(data)!
    const stopped = server[Symbol.asyncDispose]()
    const until = performance.now() + delayMs
    while (performance.now() < until); // pg_ctl runs meanwhile
    process.kill(pid, 'SIGKILL')
    await stopped
    expect(readPostmaster(data)).toBeNull()
    await rm(dataDir, { recursive: true, force: true })
  }
})
