// Stopping in every state and in every way that people stop a program: nothing stays behind.
import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { afterEach, describe, expect, it } from 'vitest'
import { databaseOf } from '../../../shared/testing/database-of.ts'
import { dataFolder, postgresEnv } from '../../../shared/testing/ready-cluster.ts'
import { tempFolder } from '../../../shared/testing/temp-folder.ts'
import { openTerminal, processesWith, type Terminal } from '../../../shared/testing/terminal.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'

const root = path.join(import.meta.dirname, '..', '..', '..')
const WITHIN_MS = 8_000
const NOBODY_LISTENS = '127.0.0.1:1'

interface Started {
  terminal: Terminal
  dataDir: string
}

const begun: Started[] = []
afterEach(async () => {
  for (const { terminal, dataDir } of begun.splice(0)) {
    await terminal[Symbol.asyncDispose]()
    for (const { pid } of processesWith(dataDir)) process.kill(pid, 'SIGKILL') // after a test that failed
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** Starts a command in a terminal, on a data folder of its own. */
async function start(command: string, folder: Promise<string>, env: Record<string, string> = {}): Promise<Started> {
  const dataDir = await folder
  const common = { PATH: process.env['PATH']!, HOME: dataDir, DATA_DIR: dataDir, PORT: '0', DEMO_CHARACTERS: '1' }
  const password = { ADMIN_PASSWORD: 'correct horse battery', GAME_SERVER_ADDRESS: 'off' }
  const started = { terminal: openTerminal(command, { ...common, ...password, ...postgresEnv, ...env }, root), dataDir }
  begun.push(started)
  return started
}

/** The processes of a start, without the terminal. */
const processesOf = ({ dataDir }: Started) =>
  processesWith(dataDir).filter(({ command }) => !/^(script|sh) /.test(command))
const npmOf = (started: Started) => processesOf(started).find(({ command }) => /^npm (start|run)/.test(command))
/** The process that npm started. */
const programOf = (started: Started) =>
  processesOf(started).find(({ command }) => /^\S*node .*scripts\/(run|dev)\.js/.test(command))
const serverOf = (started: Started) => processesOf(started).find(({ command }) => /\boverlord\.js/.test(command))

/** Expects that all have ended within the time allowed, and that no file says that something runs. */
async function expectNothingLeft(started: Started): Promise<void> {
  const since = performance.now()
  await until('all to end', () => processesOf(started).length === 0, 2 * WITHIN_MS).catch(() => undefined)
  const tookMs = performance.now() - since
  expect(processesOf(started), started.terminal.output()).toEqual([])
  expect(tookMs, started.terminal.output()).toBeLessThan(WITHIN_MS)
  expect(existsSync(path.join(started.dataDir, 'postgres', 'cluster', 'postmaster.pid'))).toBe(false)
  expect(existsSync(path.join(started.dataDir, 'overlord.pid'))).toBe(false)
}

const hasPrinted = (started: Started, text: string) =>
  until(`"${text}" in ${started.terminal.output()}`, () => started.terminal.output().includes(text), 60_000)

/** States, each with how it is reached. */
const STATES: Record<string, () => Promise<Started>> = {
  async running() {
    const started = await start('npm start', dataFolder('stop'))
    await hasPrinted(started, 'Plugins connect to')
    return started
  },
  async 'making its database'() {
    const started = await start('npm start', tempFolder('stop'))
    await until('initdb', () => processesOf(started).some(({ command }) => command.includes('initdb')), 30_000)
    return started
  },
  async 'starting its database'() {
    const started = await start('npm start', dataFolder('stop'))
    const pid = path.join(started.dataDir, 'postgres', 'cluster', 'postmaster.pid')
    await until('the server', () => existsSync(pid), 30_000)
    return started
  },
  async 'waiting for a database'() {
    const started = await start('npm start', tempFolder('stop'), { DATABASE_URL: `postgres://x:y@${NOBODY_LISTENS}/z` })
    await until('its process', () => existsSync(path.join(started.dataDir, 'overlord.pid')), 30_000)
    return started
  },
  async 'waiting for NATS'() {
    const started = await start('npm start', dataFolder('stop'), { NATS_URL: `nats://${NOBODY_LISTENS}` })
    await until('its process', () => existsSync(path.join(started.dataDir, 'overlord.pid')), 30_000)
    return started
  },
  async 'a server that is developed'() {
    const started = await start('npm run dev', dataFolder('stop'))
    await hasPrinted(started, 'Plugins connect to')
    return started
  },
  async 'a server that is developed, starting its database'() {
    const started = await start('npm run dev', dataFolder('stop'))
    const pid = path.join(started.dataDir, 'postgres', 'cluster', 'postmaster.pid')
    await until('the server', () => existsSync(pid), 30_000)
    return started
  },
  async 'a command that starts its database'() {
    const started = await start('npm run migrate', tempFolder('stop'))
    const pid = path.join(started.dataDir, 'postgres', 'cluster', 'postmaster.pid')
    await until('the server', () => existsSync(pid), 30_000)
    return started
  },
  async 'a demo that is starting'() {
    const started = await start('npm run demo', dataFolder('stop'))
    await hasPrinted(started, 'Starting Overlord')
    return started
  },
  async 'a demo whose server is loading'() {
    const started = await start('npm run demo', dataFolder('stop'))
    await until('its server', () => serverOf(started) !== undefined, 60_000)
    return started
  },
  async 'a demo that plays'() {
    const started = await start('npm run demo', dataFolder('stop'))
    await hasPrinted(started, 'pretend characters are playing')
    return started
  },
}

/** A demo that stores nothing, because somebody holds a lock. `client` must be ended. */
async function storingBehindALock(): Promise<{ started: Started; client: pg.Client }> {
  const started = await STATES['a demo that plays']!()
  const client = new pg.Client({ connectionString: await databaseOf(started.dataDir) })
  client.on('error', () => undefined) // its server goes
  await client.connect()
  await client.query('begin; lock table telemetry, chat, latest_telemetry')
  await until('a statement that waits', async () => {
    const { rowCount } = await client.query("select from pg_stat_activity where wait_event_type = 'Lock'")
    return rowCount! > 0
  })
  return { started, client }
}

const WAYS: Record<string, (started: Started) => void> = {
  'Ctrl-C': ({ terminal }) => terminal.interrupt(),
  'SIGTERM to npm': (started) => void process.kill(npmOf(started)!.pid, 'SIGTERM'),
  'SIGTERM to the process': (started) => void process.kill(programOf(started)!.pid, 'SIGTERM'),
  'a closed terminal': ({ terminal }) => terminal.close(),
}

describe('[OPS6] nothing is left within 8 seconds', () => {
  for (const [state, reach] of Object.entries(STATES))
    for (const [way, stop] of Object.entries(WAYS))
      it(`${state}, ended by ${way}`, async () => {
        const started = await reach()
        stop(started)
        await expectNothingLeft(started)
      }, 90_000)

  it('storing behind a lock, ended by Ctrl-C', async () => {
    const { started, client } = await storingBehindALock()
    started.terminal.interrupt()
    await expectNothingLeft(started)
    await client.end()
  }, 90_000)

  it('a backup behind a lock, ended by Ctrl-C: no half file is left, and no connection', async () => {
    await using database = await testDatabase()
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => undefined) // its server goes
    await client.connect()
    await client.query('begin; lock table watch_states')
    const others = async () =>
      (await database.pool.query("select from pg_stat_activity where application_name = 'overlord backup'")).rowCount!
    const started = await start('npm run backup -- "$DATA_DIR/a"', tempFolder('stop'), { DATABASE_URL: database.url })
    await until('its connection', async () => (await others()) === 1, 30_000)
    expect(existsSync(path.join(started.dataDir, 'a.part'))).toBe(true)
    started.terminal.interrupt()
    await expectNothingLeft(started)
    expect(started.terminal.output()).toContain('Interrupted.')
    expect(readdirSync(started.dataDir).filter((name) => name.startsWith('a'))).toEqual([])
    expect(await others()).toBe(0)
    await client.end()
  }, 90_000)

  it('a demo whose own process is killed', async () => {
    const started = await STATES['a demo that plays']!()
    process.kill(programOf(started)!.pid, 'SIGKILL')
    await expectNothingLeft(started)
  }, 90_000)

  it('running, ended by an impatient second Ctrl-C', async () => {
    const started = await STATES['running']!()
    const { terminal } = started
    process.kill(serverOf(started)!.pid, 'SIGSTOP') // it cannot end yet
    terminal.interrupt()
    process.kill(serverOf(started)!.pid, 'SIGCONT')
    await hasPrinted(started, '^C')
    terminal.interrupt()
    await expectNothingLeft(started)
  }, 90_000)
})
