// Every room twice, as processes of their own behind balancers, with a real NATS and one database: what runs on many
// machines.
import { spawn, type ChildProcess } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { processes } from '../../rooms.ts'
import { openDatabase } from '../db/open.ts'
import { urlSettingName } from '../settings/room-ports.ts'
import { startBalancer, type Balancer } from './balancer.ts'
import { freePort, startNats } from './start-apart.ts'
import { dataFolder } from './ready-cluster.ts'
import { until } from './until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..')

/** The names of all rooms that are processes. */
export const ROOMS = processes.map(({ name }) => name)
export type Room = string

export interface Cluster extends AsyncDisposable {
  databaseUrl: string
  /** Where a room is reached, whichever of its processes answers. */
  urlOf(room: Room): string
  /** Ends the nth process of a room without warning. */
  kill(room: Room, nth: number): Promise<void>
  /** Starts it again, on the same folder and port; settles once it is ready. */
  start(room: Room, nth: number): Promise<void>
  /** What one process answers at a path of its own port. */
  ask(room: Room, nth: number, path: string): Promise<Response>
  output(): string
}

const roomOf = (name: Room) => processes.find((room) => room.name === name)!

/** @param each processes of every room */
// eslint-disable-next-line max-lines-per-function -- starts one process after another, ends them in reverse
export async function startCluster(env: Record<string, string>, each = 2): Promise<Cluster> {
  const folder = await dataFolder('cluster')
  const database = await openDatabase({ dataDir: folder })
  const nats = await startNats()
  const ports = new Map<Room, number[]>()
  const balancers = new Map<Room, Balancer>()
  for (const room of ROOMS) {
    const own = await Promise.all(Array.from({ length: each }, freePort))
    ports.set(room, own)
    balancers.set(room, await startBalancer(await freePort(), own))
  }
  const urlOf = (room: Room) => balancers.get(room)!.url
  /** The first gateway knows every process of a subgraph, the others a balancer before them: both ways are to do. */
  const addressesOf = (room: Room, nth: number) =>
    (nth === 0 ? ports.get(room)!.map((port) => `http://127.0.0.1:${port}`) : [urlOf(room)])
      .map((url) => `${url}/graphql`)
      .join(',')
  const children = new Map<string, ChildProcess>()
  let said = ''
  const ask = (room: Room, nth: number, asked: string) =>
    fetch(`http://127.0.0.1:${ports.get(room)![nth]}${asked}`, {
      headers: { authorization: `Bearer ${env['METRICS_TOKEN']}` },
    })

  async function start(room: Room, nth: number): Promise<void> {
    const child = spawn(process.execPath, [path.join(ROOT, 'dist', roomOf(room).folder, 'main.js')], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DATA_DIR: path.join(folder, `${room} ${nth}`), // nothing is shared but the database, the broker and the secrets
        DATABASE_URL: database.url,
        NATS_URL: nats.url,
        LOG_LEVEL: 'warn',
        AGENT_TOKEN: 'a token for tests only',
        GAME_SERVER_ADDRESS: 'off', // tests ask nobody on the internet
        [roomOf(room).port.setting]: String(ports.get(room)![nth]),
        ...Object.fromEntries(processes.map((one) => [urlSettingName(one), addressesOf(one.name, nth)])),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.set(`${room} ${nth}`, child)
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
    await until(
      `${room} ${nth} to be ready`,
      async () => {
        if (child.exitCode !== null) throw new Error(`${room} ended:\n${said.slice(-3000)}`)
        return (await ask(room, nth, '/readyz').catch(() => null))?.ok
      },
      60_000,
    )
  }
  async function end(key: string, signal: NodeJS.Signals): Promise<void> {
    const child = children.get(key)!
    child.kill(signal)
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve))
  }

  const cluster: Cluster = {
    databaseUrl: database.url,
    urlOf,
    start,
    ask,
    kill: (room, nth) => end(`${room} ${nth}`, 'SIGKILL'),
    output: () => said,
    async [Symbol.asyncDispose]() {
      await Promise.all([...children.keys()].map((key) => end(key, 'SIGTERM')))
      for (const balancer of balancers.values()) await balancer[Symbol.asyncDispose]()
      await nats[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    for (const room of ROOMS) await Promise.all(Array.from({ length: each }, (_, nth) => start(room, nth)))
    return cluster
  } catch (error) {
    await cluster[Symbol.asyncDispose]() // nothing of it is left behind
    throw error
  }
}
