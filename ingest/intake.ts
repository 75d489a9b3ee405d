import { contract, isShare } from '../shared/contract/index.ts'
import { isRecord, wellFormed } from '../shared/contract/decode.ts'
import type { RegisterFrame } from '../shared/contract/frames/register.ts'
import type { PubSub } from '../shared/pubsub/pubsub.ts'
import { counters, countUnknownField, countUnknownType } from './counters.ts'
import { frameIds } from './frame-id.ts'
import { handlers } from './handlers/handlers.ts'
import { isTooDeep, relay } from './handlers/relayed.ts'
import type { Outcome, Row } from './outcome.ts'
import type { Writer } from './writer/writer.ts'

/** What the socket that brought a frame needs to know of it. */
export interface Taken {
  /** The type, as counted. */
  type: string
  /** For `register`: which character the socket speaks for. */
  registers?: RegisterFrame
  /** For `share_*`: to be passed to the other plugins as it came. */
  shares?: true
}

export interface Intake {
  /** Takes one frame's text. Never throws for what a sender did. `server`: the game server its socket named. */
  take(text: string, server?: string): Taken
}

/** Longest piece of a bad frame that is kept for study. */
const EXCERPT = 4_096

/** The way of a frame: parse, decode, handle, publish what is only now, queue what is to be stored. */
export function intake({
  pubsub,
  writer,
  gameServer,
  clock = () => new Date(),
}: {
  pubsub: PubSub
  writer: Writer
  gameServer: string
  clock?: () => Date
}): Intake {
  const nextId = frameIds()

  function refuse(
    type: string | null,
    raw: Record<string, unknown> | null,
    path: string | null,
    reason: string,
    text: string,
    now: Date,
  ): Taken {
    const label = type !== null && contract.has(type) ? type : 'other'
    counters.frames.inc({ type: label, outcome: 'refused' })
    counters.dropped.inc({ reason: path === null ? 'not_a_frame' : 'bad_shape' })
    const name = raw?.['character_name']
    const row: Row = {
      table: 'dead_letters',
      row: {
        receivedAt: now.toISOString(),
        type: type && wellFormed(type).slice(0, 64),
        character: typeof name === 'string' ? wellFormed(name).slice(0, 64) : null,
        path,
        reason,
        frame: excerpt(text),
      },
    }
    writer.push({ rows: [row], bytes: Math.min(text.length, EXCERPT), text: '' })
    return { type: label }
  }

  return {
    take(text, server = gameServer) {
      const now = clock()
      let raw: unknown
      try {
        raw = JSON.parse(text)
      } catch {
        return refuse(null, null, null, 'is no JSON', text, now)
      }
      if (!isRecord(raw)) return refuse(null, null, null, 'is no JSON object', text, now)
      const type = typeOf(raw)
      if (type === null) return refuse(null, raw, '/type', 'is missing', text, now)

      const known = contract.get(type)
      // These are passed on or kept as they came.
      if ((!known || type === 'character_stats') && isTooDeep(raw))
        return refuse(type, raw, '/', 'is nested too deep', text, now)
      if (!known) {
        const share = isShare(type)
        const { topic, event } = relay(type, raw, now)
        pubsub.publish(topic, event)
        if (!share) countUnknownType(type)
        counters.frames.inc({ type: share ? 'share' : 'other', outcome: 'relayed' })
        return share ? { type, shares: true } : { type }
      }

      const decoded = known.decode(raw)
      if (!decoded.ok) return refuse(type, raw, decoded.path, decoded.reason, text, now)
      for (const field of decoded.unknown) countUnknownField(type, field)
      for (const field of decoded.dropped) counters.dropped.inc({ reason: `field ${type}.${field}` })

      const outcome: Outcome = handlers.get(type)!(decoded.frame as never, { now, server, nextId, raw })
      if (!outcome.kept) return refuse(type, raw, outcome.path, outcome.reason, text, now)
      for (const reason of outcome.counted ?? []) counters.dropped.inc({ reason })
      counters.frames.inc({ type, outcome: 'kept' })
      for (const { topic, event } of outcome.publish) pubsub.publish(topic, event)
      if (outcome.rows.length) writer.push({ rows: outcome.rows, bytes: text.length, text })
      return type === 'register' ? { type, registers: decoded.frame as RegisterFrame } : { type }
    },
  }
}

/** The frame's type. Rebroadcast telemetry comes without one. */
function typeOf(raw: Record<string, unknown>): string | null {
  const type = Object.hasOwn(raw, 'type') ? raw['type'] : undefined
  if (typeof type === 'string' && type !== '') return type
  const named = 'character_name' in raw || 'player_name' in raw
  return (type === undefined || type === null) && named && 'ew' in raw && 'ns' in raw ? 'telemetry' : null
}

/** The beginning of a text, as a text of its own: a slice would hold the whole in memory. */
const excerpt = (text: string): string => wellFormed(Buffer.from(text.slice(0, EXCERPT)).toString())
