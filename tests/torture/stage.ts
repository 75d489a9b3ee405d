// What is tortured: an ingest process of its own, a database and a broker, each of which can be killed and put up
// again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { launchPostgres } from '../../shared/db/embedded/launch.ts'
import { openPool, type Pool } from '../../shared/db/pool.ts'
import { freePort, hasNats } from '../../shared/testing/start-apart.ts'
import { tempFolder } from '../../shared/testing/temp-folder.ts'
import { until } from '../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')
const KEY = 'the key of an instance that is tortured'
const METRICS_TOKEN = 'the metrics token of an instance that is tortured'
export const SECRET = 'the secret of tortured plugins'

export interface Stage extends AsyncDisposable {
  url: string
  pool: Pool
  ingest: { pid: number; kill(): Promise<void>; start(): Promise<void>; stop(): Promise<number | null> }
  postgres: { pid(): number; kill(): void; isUp(): Promise<boolean> }
  nats: { kill(): Promise<void>; start(): Promise<void> } | null
  spoolFolder: string
  /** Sum of a figure of the running ingest; undefined while it does not answer. */
  figure(name: string): Promise<number | undefined>
  output(): string
}

/** Sets everything up; the spool's files are short, so that they roll. */
export async function setStage(env: Record<string, string> = {}): Promise<Stage> {
  const folder = await tempFolder('torture')
  const database = await launchPostgres(folder)
  const pool = openPool(database.url, { name: 'torture', max: 2 })
  const natsPort = await freePort()
  const port = await freePort()
  let said = ''
  let ingest: ChildProcess
  let broker: ChildProcess | null = null

  const startNats = async () => {
    broker = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(natsPort)], { stdio: 'ignore' })
    await wait(50)
  }
  if (!hasNats) throw new Error('The torture needs nats-server (Debian package nats-server).')
  await startNats()

  const gone = (child: ChildProcess) =>
    new Promise<number | null>((resolve) =>
      child.exitCode !== null || child.signalCode !== null ? resolve(child.exitCode) : child.once('exit', resolve),
    )
  const startIngest = async () => {
    ingest = spawn(process.execPath, [path.join(ROOT, 'dist', 'ingest', 'main.js')], {
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: folder,
        DATABASE_URL: database.url,
        NATS_URL: `nats://127.0.0.1:${natsPort}`,
        INGEST_PORT: String(port),
        SHARED_SECRET: SECRET,
        SECRET_KEY: KEY,
        METRICS_TOKEN,
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [ingest.stdout!, ingest.stderr!])
      stream.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-200_000)))
    stage.ingest.pid = ingest.pid!
  }
  const figure = async (name: string) => {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/metrics`, {
        headers: { authorization: `Bearer ${METRICS_TOKEN}` },
      })
      const lines = (await answer.text())
        .split('\n')
        .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
      return lines.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0)
    } catch {
      return undefined
    }
  }
  const postmaster = () =>
    Number(readFileSync(path.join(folder, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])

  const stage: Stage = {
    url: `ws://127.0.0.1:${port}/ws/position`,
    pool,
    ingest: {
      pid: 0,
      async kill() {
        ingest.kill('SIGKILL')
        await gone(ingest)
      },
      start: startIngest,
      stop() {
        ingest.kill('SIGTERM')
        return gone(ingest)
      },
    },
    postgres: {
      pid: postmaster,
      kill: () => process.kill(postmaster(), 'SIGKILL'),
      isUp: () =>
        pool.query('select 1').then(
          () => true,
          () => false,
        ),
    },
    nats: {
      async kill() {
        broker!.kill('SIGKILL')
        await gone(broker!)
      },
      start: startNats,
    },
    spoolFolder: path.join(folder, 'spool'),
    figure,
    output: () => said,
    async [Symbol.asyncDispose]() {
      ingest.kill('SIGKILL')
      await gone(ingest)
      broker?.kill('SIGKILL')
      await pool.end().catch(() => undefined)
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await startIngest()
  await until('ingest to take frames', async () => (await figure('overlord_ingest_plugins')) !== undefined, 60_000)
  return stage
}

/** Takes from a process the right to make files longer than this, as a full disk would; `unlimited` gives it back. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): boolean {
  return spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:unlimited`]).status === 0
}
