import { open, rename, rm } from 'node:fs/promises'
import { createGzip } from 'node:zlib'
import { transaction, type Client, type Pool } from '../pool.ts'
import { containerWriter, MAGIC, type Head, type TableHead, type Tail } from './container.ts'
import { copyOut } from './copy.ts'
import { listSequences, listTables, quoted } from './tables.ts'

/** Reported as a table progresses; `bytes` as they are in the file. */
export type Progress = (table: string, bytes: number, rows: number | null) => void

/**
 * Writes everything into one file, as it was at one moment, while Overlord runs on. Memory is bounded, whatever the
 * size. The file appears once it is whole. Gives the rows by table.
 */
export async function backup(
  pool: Pool,
  path: string,
  progress: Progress = () => undefined,
): Promise<Map<string, number>> {
  const half = `${path}.part`
  await rm(half, { force: true })
  const file = await open(half, 'wx', 0o600) // it holds password hashes
  const counts = new Map<string, number>()
  try {
    await transaction(pool, async (client) => {
      await client.query('set transaction isolation level repeatable read read only; set local statement_timeout = 0')
      const { rows } = await client.query<{ name: string }>('select name from migrations order by name')
      await refuseHalfUpgraded(client)
      const tables = await listTables(client)
      const out = containerWriter(file)
      await out.line(MAGIC)
      await out.line({
        at: new Date().toISOString(),
        migrations: rows.map(({ name }) => name),
        tables: tables.map(({ name }) => name),
      } satisfies Head)
      for (const { name, columns, days } of tables) {
        await out.line({ table: name, columns, days } satisfies TableHead)
        const list = columns.map(quoted).join(', ')
        const copied = copyOut(client, `copy (select ${list} from ${quoted(name)}) to stdout`)
        let bytes = 0
        const packed = createGzip({ level: 4 })
        copied.bytes.once('error', (error) => packed.destroy(error)).pipe(packed)
        await out.pieces(packed as AsyncIterable<Buffer>, (count) => progress(name, (bytes += count), null))
        const count = await copied.rows
        await out.line({ rows: count })
        counts.set(name, count)
        progress(name, bytes, count)
      }
      await out.line({ end: true, sequences: await listSequences(client) } satisfies Tail)
    })
    await file.sync()
  } catch (error) {
    await file.close()
    await rm(half, { force: true })
    throw error
  }
  await file.close()
  await rename(half, path)
  return counts
}

/** A schema between two versions fits neither: what such a backup holds could not be restored. */
async function refuseHalfUpgraded(client: Client): Promise<void> {
  const { rows } = await client.query("select where to_regclass('migration_steps') is not null")
  if (rows.length)
    throw new Error(
      'The database is being brought up to date, or that was interrupted. Finish it by npm run migrate, or by a start.',
    )
}
