// The same rooms as processes of their own, with a real NATS between them: the distributed form as docker-compose.yml
// runs it.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import net from 'node:net'
import path from 'node:path'
import { processes } from '../../rooms.ts'
import { urlSettingName } from '../settings/room-ports.ts'
import { dataFolder } from './ready-cluster.ts'
import { openDatabase } from '../db/open.ts'
import { until } from './until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')

/** Whether a NATS server can be started here. */
export const hasNats = spawnSync('nats-server', ['--version']).status === 0

/** A port nobody uses, below those the system hands out on its own. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000)
    const free = await new Promise<boolean>((resolve) => {
      const probe = net.createServer().once('error', () => resolve(false))
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
    if (free) return port
  }
}

const NATS = { NATS_USER: 'overlord', NATS_PASSWORD: 'a password for tests only' }

/** A NATS server of its own. `args` are for its command line. */
export async function startNats(args: readonly string[] = []): Promise<AsyncDisposable & { url: string }> {
  const port = await freePort()
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port), ...args], { stdio: 'ignore' })
  await until(
    'NATS',
    () =>
      new Promise<boolean>((resolve) =>
        net.connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false)),
      ),
  )
  return {
    url: `nats://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null)
        await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}

export interface Apart extends AsyncDisposable {
  gatewayUrl: string
  ingestUrl: string
  /** Address of a room's port, by name. */
  urlOf(room: string): string
  output(): string
  /** Ends one room and starts it again, with other settings where some are given. */
  restart(room: string, env?: Record<string, string>): Promise<void>
  /** Ends one room. */
  end(room: string): Promise<void>
  /** Sends a signal to a room's process. */
  signal(room: string, signal: NodeJS.Signals): void
  /** Starts a second process of a room, on a port and a data folder of its own. Gives its address. */
  another(room: string): Promise<string>
}

/**
 * Starts every room of the list as a process. Another tree than this one, built, is given by its folder and its list.
 */
// eslint-disable-next-line max-lines-per-function -- starts one process after another, ends them in reverse
export async function startApart(
  env: Record<string, string>,
  { root, rooms }: { root: string; rooms: typeof processes } = { root: ROOT, rooms: processes },
): Promise<Apart> {
  const dataDir = await dataFolder('apart')
  const database = await openDatabase({ dataDir })
  const nats = await startNats(['--user', NATS.NATS_USER, '--pass', NATS.NATS_PASSWORD])
  const names = rooms.map(({ name }) => name)
  const roomOf = (name: string) => rooms.find((room) => room.name === name)!
  const ports = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await freePort()] as const)))
  const urlOf = (room: string) => `http://127.0.0.1:${ports[room]}`
  const settings: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    NATS_URL: nats.url,
    ...NATS,
    SECRET_KEY: 'a key for tests only',
    LOG_LEVEL: 'warn',
    AGENT_TOKEN: 'a token for tests only',
    GAME_SERVER_ADDRESS: 'off', // tests ask nobody on the internet
    ...env,
  }
  for (const room of rooms) {
    settings[room.port.setting] = String(ports[room.name])
    settings[urlSettingName(room)] = `${urlOf(room.name)}/graphql`
  }
  let said = ''
  const children = new Map<string, ChildProcess>()
  const start = async (name: string, env: Record<string, string> = settings, key = name, url = urlOf(name)) => {
    const file = path.join(root, 'dist', roomOf(name).folder, 'main.js')
    const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.set(key, child)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
    await until(
      `${name} to be ready`,
      async () => {
        if (child.exitCode !== null) throw new Error(`${name} ended:\n${said.slice(-3000)}`)
        return fetch(`${url}/readyz`).then(
          (answer) => answer.ok,
          () => false,
        )
      },
      30_000,
    )
  }
  const end = async (name: string) => {
    const child = children.get(name)!
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve))
  }
  const apart: Apart = {
    gatewayUrl: urlOf('gateway'),
    ingestUrl: urlOf('ingest'),
    urlOf,
    output: () => said,
    async another(room) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const own = {
        ...settings,
        [roomOf(room).port.setting]: String(port),
        DATA_DIR: path.join(dataDir, `another-${room}`),
      }
      await start(room, own, `another ${room}`, url)
      return url
    },
    signal: (room, signal) => void children.get(room)!.kill(signal),
    end,
    async restart(room, env = {}) {
      await end(room)
      await start(room, { ...settings, ...env })
    },
    async [Symbol.asyncDispose]() {
      for (const name of [...children.keys()].reverse()) await end(name)
      await nats[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  try {
    for (const name of names) await start(name)
    return apart
  } catch (error) {
    await apart[Symbol.asyncDispose]() // nothing of it is left behind
    throw error
  }
}
