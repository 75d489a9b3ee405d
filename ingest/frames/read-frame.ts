import { cleaned, isRecord, wellFormed } from '../../shared/contract/json-value.ts'
import { isMoment } from '../../shared/contract/fields.ts'
import { isShare } from '../../shared/contract/relayed-types.ts'
import { contract, handlers, largeTypes } from './registry.ts'
import { isTooDeep, relay } from './relayed.ts'
import type { LeftOut, Outcome } from './outcome.ts'
import type { DeadLetterRow, Publish, Row } from '../rows/row.ts'

/** When and where a frame came: all that its rows depend on beside its text. */
export interface Arrival {
  now: Date
  /** The same as ISO text. */
  receivedAt: string
  /** The game server of frames that name none. */
  server: string
  /** An id for events published before they are stored; the same when a frame is read again. */
  nextId: () => string
}

/** What a frame is. Judging the same frame of the same arrival again gives the same rows. */
export type FrameResult =
  | {
      kind: 'kept'
      type: string
      frame: unknown
      rows: readonly Row[]
      publish: readonly Publish[]
      /** Reasons for which parts of it were left out. */
      left: readonly string[]
      unknownFields: readonly string[]
    }
  | { kind: 'relayed'; type: string; share: boolean; publish: Publish }
  | { kind: 'refused'; type: string | null; letter: DeadLetterRow }

/** Longest piece of a bad frame that is kept for study. */
const EXCERPT = 4_096
/** SOC13: so many values a frame of over 1 MiB may have that is no inventory. Real ones stay below a tenth of it. */
const MAX_VALUES = 50_000
const LONG_TEXT = 1024 * 1024
const NOTHING: readonly string[] = []

/** Parses, decodes and handles a frame. Pure: it touches neither socket, database nor counter, and never throws. */
export function readFrame(text: string, arrival: Arrival): FrameResult {
  let raw: unknown
  try {
    raw = parse(text)
  } catch {
    return refuse(text, arrival, null, null, null, 'is no JSON')
  }
  if (!isRecord(raw)) return refuse(text, arrival, null, null, null, 'is no JSON object')
  const type = typeOf(raw)
  if (type === null) return refuse(text, arrival, null, raw, '/type', 'is missing')

  if (text.length > LONG_TEXT && !largeTypes.has(type) && hasMoreValues(raw, MAX_VALUES))
    return refuse(text, arrival, type, raw, '/', 'has more than 50,000 values')
  const known = contract.get(type)
  // These are passed on or kept as they came.
  if ((!known || type === 'character_stats') && isTooDeep(raw))
    return refuse(text, arrival, type, raw, '/', 'is nested too deep')
  if (!known) {
    const share = isShare(type)
    return {
      kind: 'relayed',
      type,
      share,
      publish: relay(type, raw, arrival.receivedAt),
    }
  }

  const decoded = known.decode(raw)
  if (!decoded.ok) return refuse(text, arrival, type, raw, decoded.path, decoded.reason)
  const { now, receivedAt, server, nextId } = arrival // copied by name: quicker than spread
  const outcome: Outcome = handlers.get(type)!(decoded.frame as never, { now, receivedAt, server, nextId, raw })
  if (!outcome.kept) return refuse(text, arrival, type, raw, outcome.path, outcome.reason)
  const dropped = leftOut(type, decoded, outcome)
  return {
    kind: 'kept',
    type,
    frame: decoded.frame,
    rows: outcome.rows,
    publish: outcome.publish,
    left: outcome.counted?.length ? [...dropped, ...outcome.counted] : dropped,
    unknownFields: outcome.unknown?.length ? [...decoded.unknown, ...outcome.unknown] : decoded.unknown,
  }
}

function hasMoreValues(raw: unknown, most: number): boolean {
  const open: unknown[] = [raw]
  let values = 0
  while (open.length) {
    const parts = Object.values(open.pop() as object) as unknown[]
    values += parts.length
    if (values > most) return true
    for (const part of parts) if (typeof part === 'object' && part !== null) open.push(part)
  }
  return false
}

/** FRM5: fields that could not be read, by the schema or by the handler. An unreadable timestamp is one of them. */
function leftOut(type: string, { frame, dropped }: Understood, { dropped: more }: LeftOut): readonly string[] {
  const { timestamp } = frame as { timestamp?: string }
  const canBeRead = isMoment(timestamp)
  if (canBeRead && !dropped.length && !more?.length) return NOTHING
  return [...dropped, ...(canBeRead ? [] : ['timestamp']), ...(more ?? [])].map((field) => `field ${type}.${field}`)
}
type Understood = { frame: unknown; dropped: readonly string[] }

/** JSON without what harms later: only an escape can bring half characters and NUL, and few frames hold any. */
function parse(text: string): unknown {
  const raw = parseJson(text)
  return text.includes('\\u') || text.includes('__proto__') ? cleaned(raw) : raw
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const bare = unwrapped(text)
    if (bare === text) throw error
    return JSON.parse(bare)
  }
}

/** A text without the mark that some writers begin with, and without the zeros that end the buffers of others. */
function unwrapped(text: string): string {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--
  return text.slice(text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0, end)
}
const BYTE_ORDER_MARK = 0xfeff

/** The frame's type. Rebroadcast telemetry comes without one. */
function typeOf(raw: Record<string, unknown>): string | null {
  const type = Object.hasOwn(raw, 'type') ? raw['type'] : undefined
  if (typeof type === 'string' && type !== '') return type
  const named = 'character_name' in raw || 'player_name' in raw
  return (type === undefined || type === null) && named && 'ew' in raw && 'ns' in raw ? 'telemetry' : null
}

function refuse(
  text: string,
  { receivedAt }: Arrival,
  type: string | null,
  raw: Record<string, unknown> | null,
  path: string | null,
  reason: string,
): FrameResult {
  const name = [raw?.['character_name'], raw?.['player_name']].find((name) => typeof name === 'string' && name !== '')
  const letter: DeadLetterRow = {
    receivedAt,
    type: type && wellFormed(type).slice(0, 64),
    character: typeof name === 'string' ? wellFormed(name).slice(0, 64) : null,
    path,
    reason,
    frame: excerpt(text),
  }
  return { kind: 'refused', type, letter }
}

/** The beginning of a text, as a text of its own: a slice would hold the whole in memory. */
const excerpt = (text: string): string => wellFormed(Buffer.from(text.slice(0, EXCERPT)).toString())
