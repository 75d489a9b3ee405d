// The messages of the public socket, as the page keeps them: `v: 1`; other versions and types are ignored.
import type { Change, Entity } from '../world-cells.ts'
import type { TraceSessionRowFragment } from '../trace-session.fragment.gen.ts'
import type { TraceStepRowFragment } from '../trace-step.fragment.gen.ts'

export const VERSION = 1

interface SentEntity {
  id: string
  type: string
  name?: string
  x: number
  y: number
  z: number
  health?: number
}
interface Block {
  x: number
  y: number
  z: number
  type: string
}
export interface WorldMessage {
  type: 'world'
  seq: number
  base: number | null
  part?: number
  blocks?: Block[]
  palette?: string[]
  runs?: number[]
  entities?: SentEntity[]
  gone?: string[]
}
export interface TraceMessage {
  type: 'trace'
  id: string
  session_id: string
  player: string | null
  mode: string
  event: 'call' | 'session_start' | 'session_end'
  tool: string | null
  input: unknown
  result: unknown
  step: number
  total_steps: number | null
  looked_at: { x: number; z: number; radius: number } | null
  outcome: 'running' | 'ok' | 'failed'
  at: string
  duration_ms: number | null
}
export type PublicMessage =
  | WorldMessage
  | TraceMessage
  | { type: 'mode'; mode: string; player: string | null }
  | { type: 'heartbeat'; time: number; weather: string }
  | { type: 'status'; connected: boolean }

const TYPES: ReadonlySet<unknown> = new Set(['world', 'trace', 'mode', 'heartbeat', 'status'])

/** A message of a version and type that this page knows; null for others. */
export function readPublicMessage(text: string): PublicMessage | null {
  try {
    const { v, ...message } = JSON.parse(text) as { v?: unknown; type?: unknown }
    return v === VERSION && TYPES.has(message.type) ? (message as PublicMessage) : null
  } catch {
    return null
  }
}

const KINDS: Readonly<Record<string, Entity['kind']>> = { player: 'PLAYER', bot: 'BOT' }

const entityOf = ({ type, name, ...entity }: SentEntity): Entity => ({
  ...entity,
  kind: KINDS[type] ?? 'CREATURE',
  name: name ?? type,
})

/** A world message as a change; the second part of a whole square and those after it add to the first. */
export function changeOf({ seq, base, part = 1, blocks, entities = [], gone = [], ...other }: WorldMessage): Change {
  const change = { seq, base: base === null && part > 1 ? seq : base, entities: entities.map(entityOf), gone }
  if (!blocks) return { ...change, palette: other.palette ?? [], runs: other.runs ?? [] }
  const palette = [...new Set(blocks.map(({ type }) => type))]
  const runs = blocks.flatMap(({ x, y, z, type }) => [x, z, 1, y, palette.indexOf(type)])
  return { ...change, palette, runs }
}

/**
 * A step of the public as a step of the trace panel.
 * @param nth counts messages: a later one of the same step replaces it
 * @param before its session as it was before it
 */
export function stepOf(
  message: TraceMessage,
  nth: number,
  before: TraceSessionRowFragment | undefined,
): { session: TraceSessionRowFragment; step: TraceStepRowFragment } {
  const { id, event, tool, input, result, step, outcome, at, duration_ms: durationMs, looked_at: lookedAt } = message
  const isCall = event === 'call'
  const finishedAt = durationMs === null ? null : new Date(new Date(at).getTime() + durationMs).toISOString()
  return {
    session: {
      id: message.session_id,
      key: message.session_id,
      assistantSessionId: null,
      reporter: 'Assistant',
      player: message.player,
      mode: message.mode,
      startedAt: before?.startedAt ?? at,
      endedAt: event === 'session_end' ? at : event === 'session_start' ? null : (before?.endedAt ?? null),
      stepCount: Math.max(before?.stepCount ?? 0, step),
      totalSteps: message.total_steps,
    },
    step: {
      id,
      changeId: String(nth),
      callId: id,
      parentCallId: null,
      kind: isCall ? 'CALL' : event === 'session_end' ? 'SESSION_ENDED' : 'SESSION_STARTED',
      step,
      tool,
      input,
      result,
      outcome: outcome === 'running' ? 'RUNNING' : outcome === 'failed' ? 'FAILED' : 'OK',
      startedAt: at,
      finishedAt,
      durationMs,
      inputTokens: null,
      outputTokens: null,
      lookedAt,
      subjects: null,
    },
  }
}
