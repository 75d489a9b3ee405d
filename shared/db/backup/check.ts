import { randomBytes } from 'node:crypto'
import { openPool, type Pool } from '../pool.ts'
import { terminateOnAbort } from '../terminate-on-abort.ts'
import type { Progress } from './backup.ts'
import { openContainer } from './container.ts'
import { readMagic, restore, RestoreError } from './restore.ts'

/** Names of scratch databases, so that those of killed checks are found. */
const SCRATCH = /^overlord_check_[0-9a-f]{12}$/
const NOT_ALLOWED = '42501'

/**
 * Restores a backup into a scratch database on the same server, while Overlord runs, and drops that database. Gives the
 * rows by table. Needs free space for what the backup holds.
 * @param url of a database on that server
 * @param options `interrupted` ends the restoring; the scratch database is dropped all the same
 * @throws RestoreError when the role may not create databases; what restoring throws, when the file is damaged
 */
export async function check(
  url: string,
  path: string,
  { progress, interrupted }: { progress?: Progress; interrupted?: AbortSignal } = {},
): Promise<ReadonlyMap<string, number>> {
  await refuseOther(path)
  const pool = openPool(url, { name: 'backup check', max: 1 })
  try {
    await dropForgotten(pool)
    const name = `overlord_check_${randomBytes(6).toString('hex')}`
    await create(pool, name)
    try {
      const scratchUrl = new URL(url)
      scratchUrl.pathname = `/${name}`
      const scratch = openPool(scratchUrl.href, { name: 'backup check', max: 2 })
      if (interrupted) terminateOnAbort(scratch, scratchUrl.href, interrupted)
      try {
        interrupted?.throwIfAborted()
        return await restore(scratch, path, { overwrite: true, ...(progress && { progress }) })
      } finally {
        await scratch.end()
      }
    } finally {
      await pool.query(`drop database ${name} with (force)`)
    }
  } finally {
    await pool.end()
  }
}

/** What cannot be read, or is something else, needs no database to find out. */
async function refuseOther(path: string): Promise<void> {
  await using file = await openContainer(path)
  await readMagic(file)
}

async function create(pool: Pool, name: string): Promise<void> {
  try {
    await pool.query(`create database ${name} template template0 encoding 'UTF8'`)
  } catch (error) {
    if ((error as { code?: unknown }).code !== NOT_ALLOWED) throw error
    throw new RestoreError(
      'The role of DATABASE_URL may not create databases. Allow it (alter role … createdb), or restore the file into ' +
        'another database: DATABASE_URL=… npm run restore -- FILE.',
    )
  }
}

/** A check that was killed leaves its database behind. */
async function dropForgotten(pool: Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `select datname as name from pg_database d where datname ~ $1
       and not exists (select from pg_stat_activity a where a.datname = d.datname)`,
    [SCRATCH.source],
  )
  for (const { name } of rows) await pool.query(`drop database if exists ${name}`)
}
