// npm run backup [-- FILE]           everything into one file, while Overlord runs or not
// npm run restore -- FILE [--yes]    a backup back into the database, while Overlord is stopped
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { atConsole } from '../console.ts'
import { backup, type Progress } from './backup.ts'
import { recordBackup } from './record.ts'
import { restore, RestoreError } from './restore.ts'

const SAY_EVERY_MS = 2_000
const number = (value: number) => value.toLocaleString('en-US')
const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, rows) => sum + rows, 0)
const rowsOf = (counts: ReadonlyMap<string, number>) => number(sumOf(counts))

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
await atConsole(verb === 'restore' ? 'restore' : 'backup', process.env, async (pool) => {
  if (verb === 'backup') {
    const path = file ?? `overlord-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`
    const counts = await backup(pool, path, saying())
    await recordBackup(pool, { rows: sumOf(counts), bytes: (await stat(path)).size })
    console.log(`Kept ${rowsOf(counts)} rows in ${path}. It holds secrets: keep it safe.`)
  } else if (verb === 'restore' && file) {
    const counts = await restore(pool, file, { overwrite: values.yes, progress: saying() })
    console.log(`Restored ${rowsOf(counts)} rows from ${file}.`)
  } else throw new RestoreError('Say npm run backup [-- FILE] or npm run restore -- FILE [--yes].')
})
