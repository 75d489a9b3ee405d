// npm run backup [-- FILE]           everything into one file, while Overlord runs or not
// npm run backup -- --check FILE     restores a backup into a scratch database, to see that it can be restored
// npm run restore -- FILE [--yes]    a backup back into the database, while Overlord is stopped
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { atConsole } from '../console.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { recordBackup } from './record.ts'
import { restore, RestoreError } from './restore.ts'
import { rowsOf, saying, sumOf } from './saying.ts'

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
