// Mind's Eye: how long a square takes, how many bytes a change has, what a hundred viewers cost, how fast a report is
// answered.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pino } from 'pino'
import { setTimeout as wait } from 'node:timers/promises'
import type { WorldEvent } from '../../agent/public-eye/messages.ts'
import { PublicScene } from '../../agent/public-eye/scene.ts'
import { publicSockets } from '../../agent/public-eye/sockets.ts'
import { startOverlord, type TestOverlord } from '../../shared/testing/start-overlord.ts'
import { until } from '../../shared/testing/until.ts'
import { percentile, type Figure } from './figure.ts'

const SQUARES = 300
const REPORTS = 500
const VIEWERS = 100
const CHANGES_A_SECOND = 10
const WATCHED_MS = 10_000
const RADIUS = 16
const base = { bench: 'eye', control: null, against: null, better: 'less' } as const
const bot = { id: 'bot', kind: 'BOT' as const, name: 'Eye', x: 0, y: 65, z: 0, health: null }

const event = (seq: number, seqBase: number | null, other: Partial<WorldEvent> = {}): WorldEvent => ({
  seq,
  base: seqBase,
  connected: true,
  timeOfDay: 6_000,
  weather: 'CLEAR',
  mode: 'god',
  player: 'Marigold',
  palette: [],
  runs: [],
  entities: [],
  gone: [],
  ...other,
})

/** A hilly square in which hardly two neighbours are alike. */
function hilly(): PublicScene {
  const scene = new PublicScene(RADIUS)
  const runs: number[] = []
  for (let z = -28; z <= 28; z++)
    for (let x = -28; x <= 28; x++) runs.push(x, z, 1, 60 + ((x * 7 + z * 3) & 7), (x + z) & 3)
  scene.take(event(0, null, { palette: ['grass_block', 'stone', 'dirt', 'water'], runs, entities: [bot] }))
  return scene
}

function bytesOfChanges(): Figure[] {
  const scene = hilly()
  const [block] = scene.take(event(1, 0, { palette: ['redstone_lamp'], runs: [-12, 15, 1, 127, 0] }))!
  const [step] = scene.take(event(2, 1, { entities: [{ ...bot, x: 1 }] }))!
  return [
    { ...base, name: 'one changed block', unit: 'bytes', ours: Buffer.byteLength(block!), asked: 100 },
    { ...base, name: 'a step of the bot', unit: 'bytes', ours: Buffer.byteLength(step!), asked: 300 },
  ]
}

async function squares(): Promise<Figure> {
  const scene = hilly()
  const times: number[] = []
  for (let nth = 0; nth < SQUARES; nth++) {
    const begun = performance.now()
    scene.whole()
    times.push(performance.now() - begun)
    await new Promise(setImmediate)
  }
  return { ...base, name: '32 x 32 snapshot, p50', unit: 'ms', ours: percentile(times, 0.5), asked: 3 }
}

/** What the sockets cost this process; the viewers are another one. */
async function viewers(): Promise<Figure> {
  const scene = hilly()
  await using sockets = publicSockets(() => scene.whole(), pino({ level: 'silent' }))
  const server = createServer().listen(0, '127.0.0.1')
  let from = 0
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head, `address ${from++}`))
  await once(server, 'listening')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const file = path.join(import.meta.dirname, 'eye-viewers.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', file, url, String(VIEWERS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (data: Buffer) => (said += data.toString()))
  await until('all viewers', () => said.includes('connected'), 60_000)
  const [cpu, begun] = [process.cpuUsage(), performance.now()]
  let seq = 0
  while (performance.now() - begun < WATCHED_MS) {
    const moved = { ...bot, x: (seq % 8) - 4 }
    const change = { palette: ['torch'], runs: [seq % 12, 3, 1, 70 + (seq % 3), 0], entities: [moved] }
    sockets.send(scene.take(event(seq + 1, seq, change))!)
    seq++
    await wait(begun + (seq * 1_000) / CHANGES_A_SECOND - performance.now())
  }
  const used = process.cpuUsage(cpu)
  const share = (100 * (used.user + used.system)) / 1_000 / (performance.now() - begun)
  child.kill()
  server.close()
  const beside = { viewers: VIEWERS, changes: seq }
  return { ...base, name: '100 viewers at 10 changes a second', unit: '% of a core', ours: share, asked: 10, beside }
}

async function reports(overlord: TestOverlord): Promise<Figure> {
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
  )
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${made.data.createToken.secret}`,
  }
  const times: number[] = []
  /** An address that does nothing, asked in turn: what of a slow answer is the machine's. */
  const idle: number[] = []
  for (let nth = 0; nth < REPORTS; nth++) {
    const input = { center: { x: nth, y: 64, z: 3 }, radius: 8 }
    const body = JSON.stringify({ session_id: `s${nth % 7}`, player: 'Marigold', tool: 'world.scan_area', input })
    const begun = performance.now()
    const answer = await fetch(`${overlord.url}/trace`, { method: 'POST', headers, body })
    await answer.arrayBuffer()
    times.push(performance.now() - begun)
    const asked = performance.now()
    await (await fetch(`${overlord.url}/healthz`)).arrayBuffer()
    idle.push(performance.now() - asked)
    if (answer.status !== 202) throw new Error(`A report was answered with ${answer.status}`)
  }
  const beside = { p99: percentile(times, 0.99), 'p99 of /healthz': percentile(idle, 0.99) }
  return { ...base, name: 'POST /trace answered, p50', unit: 'ms', ours: percentile(times, 0.5), asked: 5, beside }
}

async function graphSquares(overlord: TestOverlord): Promise<Figure> {
  const times: number[] = []
  for (let nth = 0; nth < SQUARES; nth++) {
    const begun = performance.now()
    await overlord.graph('{ worldSnapshot(world: "demo", radius: 16) { seq palette runs } }')
    times.push(performance.now() - begun)
  }
  return {
    ...base,
    name: '33 x 33 snapshot through the graph, p50',
    unit: 'ms',
    ours: percentile(times, 0.5),
    asked: 3,
  }
}

export async function benchEye(): Promise<Figure[]> {
  const figures = [...bytesOfChanges(), await squares(), await viewers()]
  await using overlord = await startOverlord({ env: { WORLD: 'demo', AGENT: 'off' } })
  return [...figures, await reports(overlord), await graphSquares(overlord)]
}
