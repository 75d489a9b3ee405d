// An assistant for the demo: it looks at the demo's world again and again and reports what it did, as a gateway does.
import { randomUUID } from 'node:crypto'
import { readReport } from '../traces/report.ts'
import type { AllowList } from '../../../shared/contract/redact-trace.ts'
import type { TraceQueue } from '../traces/queue.ts'
import { PLAYERS, type DemoWorld } from './demo-world.ts'

const EVERY_MS = 4_000
const MODES = ['god', 'sudo'] as const
/** Pauses between two sessions, in calls. */
const PAUSE = 2
const COUNTED = 5

/** A body as `POST /trace` takes it. */
export type TraceBody = Record<string, unknown>

/** One call of a tour: what it asks for and what the world answers. */
interface Called {
  tool: string
  input: Record<string, unknown>
  result: unknown
  ok?: boolean
}
type Call = (world: DemoWorld, at: { x: number; y: number; z: number }) => Called

const scan =
  (radius: number): Call =>
  (world, { x, y, z }) => ({
    tool: 'world.scan_area',
    input: { center: { x, y, z }, radius },
    result: { blocks: countBlocks(world, x, z, radius), entities: world.entitiesNear(x, z, radius).length },
  })
const blockAt =
  (dx: number, dz: number): Call =>
  (world, { x, y, z }) => {
    const found = world.cellAt(x + dx, z + dz)
    const input = { position: { x: x + dx, y, z: z + dz } }
    return found
      ? { tool: 'world.block_at', input, result: { block: found.block, y: found.y } }
      : { tool: 'world.block_at', input, ok: false, result: { status: 'not loaded' } }
  }
const look: Call = (world, { x, y, z }) => ({
  tool: 'world.look',
  input: { position: { x, y, z }, radius: 12 },
  result: { entities: world.entitiesNear(x, z, 12).map(({ name, x, z }) => ({ type: name, x, z })) },
})
const journal: Call = (_, { x, z }) => ({
  tool: 'journal.write',
  input: { text: `Visited ${x}, ${z}`, position: { x, z } },
  result: { ok: true },
})

const CALLS: readonly Call[] = [look, scan(6), blockAt(3, 2), scan(10), blockAt(400, 0), journal]

/** The bodies that a tour posts, one after another, without end. The last of a session ends it. */
export function* tourBodies(world: DemoWorld): Generator<TraceBody | null, never> {
  for (let nth = 0; ; nth++) {
    const player = PLAYERS[nth % PLAYERS.length]!
    const base = { session_id: `tour-${randomUUID().slice(0, 8)}`, player, mode: MODES[nth % MODES.length] }
    yield { ...base, event: 'session_start', total_steps: CALLS.length }
    for (const [at, call] of CALLS.entries()) {
      const { x, y, z } = world.player(player)!
      yield { ...base, step: at + 1, total_steps: CALLS.length, ...call(world, { x, y, z }), duration_ms: 40 + at * 17 }
    }
    yield { ...base, event: 'session_end', response: 'The tour is over.' }
    for (let pause = 0; pause < PAUSE; pause++) yield null
  }
}

/** Reports a tour of the demo's world while it runs. */
export function demoTour(world: DemoWorld, queue: TraceQueue, allowed: AllowList): Disposable {
  const bodies = tourBodies(world)
  const timer = setInterval(() => {
    const body = bodies.next().value
    if (body === null) return
    const who = { source: 'demo', reporter: 'Demo tour', allowed, now: new Date(), newCall: randomUUID }
    const report = readReport(body, who)
    if (typeof report === 'string') throw new Error(`The demo reported something wrong: ${report}`)
    queue.add(report)
  }, EVERY_MS).unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** The most frequent blocks of a square, with their number. */
function countBlocks(world: DemoWorld, x: number, z: number, radius: number): Record<string, number> {
  const counts = new Map<string, number>()
  for (let dx = -radius; dx <= radius; dx++)
    for (let dz = -radius; dz <= radius; dz++) {
      const block = world.cellAt(x + dx, z + dz)?.block
      if (block) counts.set(block, (counts.get(block) ?? 0) + 1)
    }
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a).slice(0, COUNTED))
}
