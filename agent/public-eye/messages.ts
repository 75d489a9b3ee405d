// The messages of the public socket. Every one has `v: 1`; readers ignore versions and types they do not know.
import { runsOf } from '../../shared/world/world-runs.ts'
import type { PublicEyeTraceSubscription } from './eye-trace.subscription.gen.ts'
import type { PublicEyeWorldSubscription } from './eye-world.subscription.gen.ts'

export const VERSION = 1
/** Longest message, in bytes. */
export const MAX_BYTES = 64 * 1024
/** What `part` and `parts` add. */
const PART_BYTES = 64
/** Players of a heartbeat: with the longest names they fit into one message. */
const MAX_PLAYERS = 150

export type WorldEvent = PublicEyeWorldSubscription['publicWorldChanged']
export type TraceEvent = PublicEyeTraceSubscription['publicTraceSteps']
export type Entity = WorldEvent['entities'][number]

export interface Cell {
  x: number
  z: number
  y: number
  type: string
}

/** What is known of the world when somebody comes. */
export interface Scene {
  seq: number
  cells: Iterable<Cell>
  /** Columns around those, which changes do not repeat. */
  around: readonly Cell[]
  entities: Iterable<Entity>
  center: { x: number; y: number; z: number } | null
}

const message = (type: string, body: object): string => JSON.stringify({ v: VERSION, type, ...body })

const entityOf = ({ id, kind, name, x, y, z, health }: Entity) => ({
  id,
  type: kind === 'PLAYER' || kind === 'BOT' ? kind.toLowerCase() : name,
  ...(kind === 'PLAYER' || kind === 'BOT' ? { name } : {}),
  x,
  y,
  z,
  count: 1,
  ...(health == null ? {} : { health }),
})

/** Columns of one message of those around: its runs take less than half of what a message may have. */
const AROUND = 1_500

/**
 * The whole square, in as many messages as its size needs: `part` of `parts`, `blocks` shared among them. What is known
 * around it follows as runs.
 */
export function wholeMessages({ around, ...square }: Scene): string[] {
  const blocks = squareBodies(square)
  const rings = Array.from({ length: Math.ceil(around.length / AROUND) }, (_, nth) =>
    ringBody(square.seq, around.slice(nth * AROUND, (nth + 1) * AROUND)),
  )
  const parts = blocks.length + rings.length
  return [...blocks, ...rings].map((body, nth) =>
    message('world', parts > 1 ? { ...body, part: nth + 1, parts } : body),
  )
}

function ringBody(seq: number, cells: readonly Cell[]): object {
  return { seq, base: null, ...runsOf(cells.map(({ type, ...cell }) => ({ ...cell, block: type }))) }
}

function squareBodies({ seq, cells, entities, center }: Omit<Scene, 'around'>): object[] {
  const blocks = [...cells].map(({ x, y, z, type }) => ({ x, y, z, type }))
  const base = { seq, base: null, center }
  const people = [...entities].map(entityOf)
  const one = { ...base, blocks, entities: people }
  const bytes = Buffer.byteLength(message('world', one))
  if (bytes <= MAX_BYTES - PART_BYTES) return [one]
  const parts = Math.ceil(bytes / (MAX_BYTES / 2))
  const sharesOf = <T>(all: T[], nth: number) =>
    all.slice(Math.floor((nth * all.length) / parts), Math.floor(((nth + 1) * all.length) / parts))
  return Array.from({ length: parts }, (_, nth) => ({
    ...base,
    blocks: sharesOf(blocks, nth),
    entities: sharesOf(people, nth),
  }))
}

/** What of a world changed. */
export type News = Pick<WorldEvent, 'palette' | 'runs' | 'entities' | 'gone'>

/** What changed since the message with the number `seq - 1`, in as many messages as its size needs: each one counts. */
export function changeMessages(seq: number, news: News): string[] {
  const text = changeMessage(seq, news)
  if (Buffer.byteLength(text) <= MAX_BYTES) return [text]
  const first = changeMessages(seq, half(news, 0))
  return [...first, ...changeMessages(seq + first.length, half(news, 1))]
}

const RUN = 5

/** The first or second half of what changed, with the names of blocks that it has. */
function half({ palette, runs, entities, gone }: News, nth: 0 | 1): News {
  const halfOf = <T>(all: readonly T[], unit = 1): T[] => {
    const middle = Math.ceil(all.length / unit / 2) * unit
    return nth === 0 ? all.slice(0, middle) : all.slice(middle)
  }
  const indexes = new Map<number, number>()
  const indexOf = (old: number): number => {
    const known = indexes.get(old) ?? indexes.size
    indexes.set(old, known)
    return known
  }
  const own = halfOf(runs, RUN).map((value, at) => (at % RUN === RUN - 1 ? indexOf(value) : value))
  const names = [...indexes.keys()].map((old) => palette[old] ?? 'air')
  return { palette: names, runs: own, entities: halfOf(entities), gone: halfOf(gone) }
}

function changeMessage(seq: number, { palette, runs, entities, gone }: News): string {
  return message('world', {
    seq,
    base: seq - 1,
    ...(runs.length ? { palette, runs } : {}),
    ...(entities.length ? { entities: entities.map(entityOf) } : {}),
    ...(gone.length ? { gone } : {}),
  })
}

export const modeMessage = ({ mode, player }: Pick<WorldEvent, 'mode' | 'player'>): string =>
  message('mode', { mode, player })

export const statusMessage = (connected: boolean): string => message('status', { connected })

export function heartbeatMessage(
  { timeOfDay, weather }: Pick<WorldEvent, 'timeOfDay' | 'weather'>,
  entities: Iterable<Entity>,
): string {
  const players = [...entities].filter(({ kind }) => kind === 'PLAYER').slice(0, MAX_PLAYERS)
  return message('heartbeat', {
    players: players.map(({ name, x, y, z }) => ({ name, x, y, z })),
    time: timeOfDay,
    weather: weather.toLowerCase(),
  })
}

const EVENTS = { CALL: 'call', SESSION_STARTED: 'session_start', SESSION_ENDED: 'session_end' } as const

/** One step. What makes it larger than a message may be is left out, and named. */
export function traceMessage(step: TraceEvent): string {
  const { id, sessionId, player, mode, kind, tool, input, result, lookedAt, outcome, startedAt, durationMs } = step
  const body = {
    id,
    session_id: sessionId,
    player,
    mode,
    event: EVENTS[kind],
    tool,
    input,
    result,
    step: step.step,
    total_steps: step.totalSteps,
    looked_at: lookedAt,
    outcome: outcome.toLowerCase(),
    at: startedAt,
    duration_ms: durationMs,
  }
  const whole = message('trace', body)
  if (Buffer.byteLength(whole) <= MAX_BYTES) return whole
  return message('trace', { ...body, input: null, result: null, too_large: true })
}
