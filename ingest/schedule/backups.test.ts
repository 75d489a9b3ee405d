import { chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Log } from '../../shared/log.ts'
import { Resources } from '../../shared/serve/resources.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { testDatabase, type TestDatabase } from '../../shared/testing/test-database.ts'
import { until } from '../../shared/testing/until.ts'
import { scheduleBackups } from './backups.ts'

let resources: Resources
let database: TestDatabase
let folder: string
let warnings: string[]
const log = {
  info: () => undefined,
  warn: (_: unknown, text: string) => void warnings.push(text),
} as unknown as Log

beforeEach(async () => {
  resources = new Resources()
  warnings = []
  database = await testDatabase()
  folder = path.join(await tempFolder('backups'), 'a b')
})
afterEach(async () => {
  await resources[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
  await rm(path.dirname(folder), { recursive: true, force: true })
})

const schedule = (keep = 3) =>
  resources.use(scheduleBackups(database.pool, database.url, { folder, everyHours: 24, keep }, log))
const made = (): Promise<string[]> => readdir(folder).catch(() => [])
const recorded = async () => (await database.pool.query('select from backups')).rowCount
const stored = (hoursAgo: number) =>
  database.pool.query(
    `insert into backups (at, rows_stored, size_bytes) values (now() - ${hoursAgo} * interval '1 hour', 1, 1)`,
  )

describe('[BAK5] backups by the clock', () => {
  it('are made once the last one is old enough, one at a time, readable only by their owner', async () => {
    await stored(25)
    schedule()
    schedule()
    await until('a backup', async () => (await recorded()) === 2)
    const [file, ...others] = await made()
    expect([file, others]).toEqual([expect.stringMatching(/^overlord-.*\.backup$/), []])
    expect((await stat(path.join(folder, file!))).mode & 0o077).toBe(0)
  })

  it('are not made before that, also when another process made the last one', async () => {
    await stored(23)
    const working = schedule()
    await working[Symbol.asyncDispose]()
    expect(await made()).toEqual([])
  })

  it('are made although one is from the future: the clock was ahead', async () => {
    await stored(-1000)
    schedule()
    await until('a backup', async () => (await recorded()) === 2)
  })

  it('that lose their database are reported, and end nothing but themselves', async () => {
    const ends = vi.fn()
    process.on('uncaughtException', ends)
    await database.pool.query('select') // before others wait
    const holder = await database.pool.connect()
    await holder.query('begin; lock table watch_states')
    schedule()
    const ended = async (which: string) =>
      (await database.pool.query(`select pg_terminate_backend(pid) from ${which}`)).rowCount === 1
    const backup = "pg_stat_activity where application_name = 'overlord backup' and datname = current_database()"
    await until('its connection', async () => (await database.pool.query(`select from ${backup}`)).rowCount === 1)
    expect(await ended("pg_locks where locktype = 'advisory' and objid = 7219004")).toBe(true) // held meanwhile
    expect(await ended(backup)).toBe(true)
    await until('the report', () => warnings.length > 0)
    expect(ends).not.toHaveBeenCalled()
    process.off('uncaughtException', ends)
    await holder.query('rollback')
    holder.release()
  })

  it('are removed but for the newest, with what is half written, and nothing else', async () => {
    await mkdir(folder, { recursive: true })
    const old = ['01', '02', '03', '04'].map((day) => `overlord-2026-01-${day}T00-00-00.backup`)
    const others = ['mine.backup', 'overlord-notes.txt']
    for (const name of [...old, ...others, 'overlord-2026-01-05T00-00-00.backup.part'])
      await writeFile(path.join(folder, name), '')
    schedule(3)
    await until('the old ones to go', async () => !(await made()).includes(old[1]!))
    const left = await made()
    expect(left).toEqual(expect.arrayContaining([...others, old[2]!, old[3]!]))
    expect(left).toHaveLength(5) // with the new one
  })

  it('that fail are reported, and leave the older ones', async () => {
    await mkdir(folder, { recursive: true })
    const old = 'overlord-2026-01-01T00-00-00.backup'
    await writeFile(path.join(folder, old), '')
    await database.pool.query('create table migration_steps (name text)')
    schedule()
    await until('the report', () => warnings.length > 0)
    expect(warnings).toEqual(['could not make a backup; trying again in a quarter of an hour'])
    expect(await made()).toEqual([old])
  })

  it('end with the process, and nothing whole is left of them', async () => {
    await chmod(path.dirname(folder), 0o700)
    const working = schedule()
    await until('it to begin', async () => (await made()).length > 0)
    await working[Symbol.asyncDispose]()
    expect((await made()).filter((name) => name.endsWith('.backup')).length).toBe(await recorded())
  })
})
