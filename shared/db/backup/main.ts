// npm run backup [-- FILE]           everything into one file, while Overlord runs or not
// npm run restore -- FILE [--yes]    a backup back into the database, while Overlord is stopped
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig, settings } from '../../config.ts'
import { openDatabase } from '../open.ts'
import { openPool } from '../pool.ts'
import { backup, type Progress } from './backup.ts'
import { restore, RestoreError } from './restore.ts'

const SAY_EVERY_MS = 2_000
const number = (value: number) => value.toLocaleString('en-US')

/** A line for each table that is done, and one now and then for a long one. */
function saying(): Progress {
  let said = Date.now()
  return (table, bytes, rows) => {
    if (rows !== null) console.log(`  ${table}: ${number(rows)} rows, ${number(Math.ceil(bytes / 1024))} kB`)
    else if (Date.now() - said > SAY_EVERY_MS) console.log(`  ${table}: ${number(Math.ceil(bytes / 1024))} kB so far`)
    else return
    said = Date.now()
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { yes: { type: 'boolean', default: false } },
})
const [verb, file] = positionals
const { DATABASE_URL, DATA_DIR } = settings
try {
  const config = readConfig(z.object({ DATABASE_URL, DATA_DIR }), process.env)
  await using database = await openDatabase({ url: config.DATABASE_URL, dataDir: config.DATA_DIR })
  const pool = openPool(database.url, { name: verb === 'restore' ? 'restore' : 'backup', max: 2 })
  try {
    if (verb === 'backup') {
      const path = file ?? `overlord-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`
      const counts = await backup(pool, path, saying())
      console.log(
        `Kept ${number([...counts.values()].reduce((sum, rows) => sum + rows, 0))} rows in ${path}. It holds secrets: keep it safe.`,
      )
    } else if (verb === 'restore' && file) {
      const counts = await restore(pool, file, { overwrite: values.yes, progress: saying() })
      console.log(`Restored ${number([...counts.values()].reduce((sum, rows) => sum + rows, 0))} rows from ${file}.`)
    } else throw new RestoreError('Say npm run backup [-- FILE] or npm run restore -- FILE [--yes].')
  } finally {
    await pool.end()
  }
} catch (error) {
  console.error(`\n  Not done. ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
