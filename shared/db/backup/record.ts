import type { Pool } from '../pool.ts'

/** Notes that a backup was completed. A database of an older schema has no place for it: then nothing is noted. */
export async function recordBackup(pool: Pool, { rows, bytes }: { rows: number; bytes: number }): Promise<void> {
  if (!(await hasRecords(pool))) return
  await pool.query('insert into backups (rows_stored, size_bytes) values ($1, $2)', [rows, bytes])
  await pool.query("delete from backups where at < now() - interval '366 days'")
}

/**
 * When the last backup was completed, in seconds since 1970; 0 if there was none. One that was made while the clock was
 * ahead does not count: none would be made, or missed, until then.
 */
export async function lastBackup(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ at: number }>(
    'select coalesce(extract(epoch from max(at)), 0)::float8 as at from backups where at <= now()',
  )
  return rows[0]!.at
}

async function hasRecords(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('backups') is not null as there")
  return rows[0]!.there
}
