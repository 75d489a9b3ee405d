// npm run backup [-- FILE]           everything into one file, while Overlord runs or not
// npm run backup -- --check FILE     restores a backup into a scratch database, to see that it can be restored
// npm run restore -- FILE [--yes]    a backup back into the database, while Overlord is stopped
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { faultsAtConsole, onDatabase } from '../console.ts'
import type { Pool } from '../pool.ts'
import { backup } from './backup.ts'
import { check } from './check.ts'
import { fileFault } from './file-fault.ts'
import { recordBackup } from './record.ts'
import { restore, RestoreError } from './restore.ts'
import { rowsOf, saying, sumOf } from './saying.ts'

const USAGE = 'Say npm run backup [-- FILE], npm run backup -- --check FILE, or npm run restore -- FILE [--yes].'

async function keep(pool: Pool, path: string): Promise<void> {
  const counts = await backup(pool, path, saying())
  await recordBackup(pool, { rows: sumOf(counts), bytes: (await stat(path)).size })
  console.log(`Kept ${rowsOf(counts)} rows in ${path}. It holds secrets: keep it safe.`)
}

async function tryOut(url: string, file: string, interrupted: AbortSignal): Promise<void> {
  const begun = Date.now()
  const counts = await check(url, file, { progress: saying(), interrupted })
  const seconds = ((Date.now() - begun) / 1_000).toFixed(1)
  console.log(`${file} can be restored: ${rowsOf(counts)} rows of ${counts.size} tables, in ${seconds} s.`)
}

async function bringBack(pool: Pool, file: string, overwrite: boolean): Promise<void> {
  const counts = await restore(pool, file, { overwrite, progress: saying() })
  console.log(`Restored ${rowsOf(counts)} rows from ${file}.`)
}

/** The words of the command line. @throws RestoreError when they make no sense */
function readWords() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
  })
  const [verb, file, ...more] = positionals
  const isRestore = verb === 'restore' && file !== undefined && !values.check
  const isBackup = verb === 'backup' && (file !== undefined || !values.check)
  if (!(isRestore || isBackup) || more.length) throw new RestoreError(USAGE)
  return { name: isRestore ? 'restore' : 'backup', isRead: isRestore || values.check, file, ...values }
}

await faultsAtConsole(async (interrupted) => {
  const { name, isRead, file, check, yes } = readWords()
  const path = file ?? `overlord-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`
  try {
    await onDatabase(name, process.env, interrupted, async (pool, url) => {
      if (check) await tryOut(url, path, interrupted)
      else if (isRead) await bringBack(pool, path, yes)
      else await keep(pool, path)
    })
  } catch (error) {
    throw fileFault(error, path, isRead ? 'read' : 'write') ?? error
  }
})
