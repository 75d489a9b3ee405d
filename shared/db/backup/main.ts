// npm run backup [-- FILE]           everything into one file, while Overlord runs or not
// npm run backup -- --check FILE     restores a backup into a scratch database, to see that it can be restored
// npm run restore -- FILE [--yes]    a backup back into the database, while Overlord is stopped
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { atConsole } from '../console.ts'
import { backup, type Progress } from './backup.ts'
import { check } from './check.ts'
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
  options: { yes: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
})
const [verb, file] = positionals
await atConsole(verb === 'restore' ? 'restore' : 'backup', process.env, async (pool, url) => {
  if (verb === 'backup' && values.check && file) {
    const begun = Date.now()
    const counts = await check(pool, url, file, saying())
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1)
    console.log(`${file} can be restored: ${rowsOf(counts)} rows of ${counts.size} tables, in ${seconds} s.`)
  } else if (verb === 'backup' && !values.check) {
    const path = file ?? `overlord-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`
    const counts = await backup(pool, path, saying())
    await recordBackup(pool, { rows: sumOf(counts), bytes: (await stat(path)).size })
    console.log(`Kept ${rowsOf(counts)} rows in ${path}. It holds secrets: keep it safe.`)
  } else if (verb === 'restore' && file) {
    const counts = await restore(pool, file, { overwrite: values.yes, progress: saying() })
    console.log(`Restored ${rowsOf(counts)} rows from ${file}.`)
  } else
    throw new RestoreError(
      'Say npm run backup [-- FILE], npm run backup -- --check FILE, or npm run restore -- FILE [--yes].',
    )
})
