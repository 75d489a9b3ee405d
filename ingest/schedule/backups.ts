// Backups by the clock, and which of them are kept.
import { spawn } from 'node:child_process'
import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { withAdvisoryLock } from '../../shared/db/advisory-lock.ts'
import { lastBackup } from '../../shared/db/backup/record.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { Log } from '../../shared/log.ts'
import { regularly } from '../clocks/regularly.ts'

/** When backups are made, and how many are kept. */
export interface BackupPlan {
  /** Where they are kept. Nothing but our own files in it is ever removed. */
  folder: string
  /** 0 for none. */
  everyHours: number
  keep: number
}

const LOOK_MS = 60_000
const HOUR_MS = 3_600_000
/** After one that failed. */
const AGAIN_MS = 15 * 60_000
const LOCK = 7_219_004
/** What a backup of ours is called; `.part` while it is written. */
const OURS = /^overlord-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.backup(\.part)?$/
const MAX_ERROR = 2_000

/**
 * Makes a backup when the last one, by any process, is older than planned: one process at a time, in a process of its
 * own, so that frames do not wait while rows are packed. Then removes all but the newest.
 */
export function scheduleBackups(
  pool: Pool,
  databaseUrl: string,
  { folder, everyHours, keep }: BackupPlan,
  log: Log,
): AsyncDisposable {
  if (everyHours === 0) return { [Symbol.asyncDispose]: () => Promise.resolve() }
  const ending = new AbortController()
  let notBefore = 0
  const isDue = async () => Date.now() - (await lastBackup(pool)) * 1_000 >= everyHours * HOUR_MS
  async function work(): Promise<void> {
    if (Date.now() < notBefore || !(await isDue())) return
    await withAdvisoryLock(pool, LOCK, async () => {
      if (!(await isDue())) return // another process made it
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await keepNewest(folder, keep) // also what a killed one left half written
      const file = path.join(folder, `overlord-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}.backup`)
      notBefore = Date.now() + AGAIN_MS
      await backupApart(databaseUrl, file, ending.signal)
      notBefore = 0
      log.info({ file }, 'made a backup')
      await keepNewest(folder, keep)
    })
  }
  const trouble = 'could not make a backup; trying again in a quarter of an hour'
  const working = regularly({ work, everyMs: LOOK_MS, log, trouble, atOnce: true })
  return {
    [Symbol.asyncDispose]() {
      ending.abort()
      return working[Symbol.asyncDispose]()
    },
  }
}

/** Runs `npm run backup` on a database, as a process of its own that ends with the signal. */
async function backupApart(databaseUrl: string, file: string, signal: AbortSignal): Promise<void> {
  const isSource = import.meta.filename.endsWith('.ts')
  const program = path.join(import.meta.dirname, `../../shared/db/backup/main.${isSource ? 'ts' : 'js'}`)
  const loader = isSource ? ['--import', 'tsx'] : []
  const child = spawn(process.execPath, [...loader, program, 'backup', file], {
    // eslint-disable-next-line no-restricted-properties -- what the driver reads by itself, as PGSSLMODE and PGPASSWORD
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-MAX_ERROR)))
  const end = () => void child.kill('SIGKILL') // what it has written is a .part file, which the next one removes
  signal.addEventListener('abort', end, { once: true })
  if (signal.aborted) end()
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  signal.removeEventListener('abort', end)
  if (signal.aborted) return
  if (code !== 0) throw new Error(`The backup ended with ${code}: ${said.trim()}`)
}

/** Removes all backups of ours but the newest, and what is only half written. */
async function keepNewest(folder: string, keep: number): Promise<void> {
  const ours = (await readdir(folder)).filter((name) => OURS.test(name)).sort()
  const whole = ours.filter((name) => !name.endsWith('.part'))
  const half = ours.filter((name) => name.endsWith('.part'))
  for (const name of [...half, ...whole.slice(0, -keep)]) await rm(path.join(folder, name), { force: true })
}
