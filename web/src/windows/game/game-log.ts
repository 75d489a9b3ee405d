// What happened at the table, put together from events as they arrive.
import type { GmEventKind } from '../../generated/types.ts'
import { texts } from './messages.ts'

export interface GameEvent {
  id: string
  turnId: string | null
  kind: GmEventKind
  payload: unknown
  at: string
}

export interface Part {
  name: string
  value: number
  source: string
  certainty: string
}

/** A roll as it is stored. */
export interface Roll {
  id: string
  purpose: string
  kind: string
  dice: number
  targetNumber: number | null
  faces: number[][]
  totals: number[]
  successes: number
  result: number | null
  isDisaster: boolean
  parts: Part[]
  /** The character that made a test of its own; null for other rolls. */
  characterId: string | null
  /** The test that it repeats the failed dice of; null for none. */
  rerollOf: string | null
}

/** A piece of a turn, in the order it came. */
export type Piece =
  | { kind: 'text'; text: string; unwitnessed: string[]; isPrivate: boolean }
  | { kind: 'roll'; roll: Roll }
  | { kind: 'refusal'; text: string }

/** An entry of the log: a notice, or a turn with what came of it. */
export type Entry =
  | { kind: 'notice'; id: string; at: string; text: string }
  | { kind: 'roll'; id: string; at: string; roll: Roll; isSecret: boolean; by: string }
  | {
      kind: 'turn'
      id: string
      at: string
      by: string
      character: string | null
      message: string
      pieces: Piece[]
      /** Whether it goes on. */
      isOpen: boolean
      /** Why it ended early; null if it did not. */
      error: string | null
      /** How the answer of a model ended, where that was not as it should be; null otherwise. */
      note: string | null
    }

/** What the end of a turn says when there is nothing to say. */
// eslint-disable-next-line texts/in-messages -- as the graph says it; it is not shown
const ENDED_WELL = 'Response complete'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Events in their order, each once. */
export function withEvents(known: readonly GameEvent[], more: readonly GameEvent[]): readonly GameEvent[] {
  const ids = new Set(known.map(({ id }) => id))
  const fresh = more.filter(({ id }) => !ids.has(id))
  if (!fresh.length) return known
  return [...known, ...fresh].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))
}

/** The log of events that are in their order. Of a turn whose beginning is not there yet nothing is shown. */
export function logOf(events: readonly GameEvent[]): Entry[] {
  const entries: Entry[] = []
  const turns = new Map<string, Extract<Entry, { kind: 'turn' }>>()
  for (const event of events) {
    const fields = fieldsOf(event.payload)
    const turn = event.turnId === null ? undefined : turns.get(event.turnId)
    if (event.kind === 'PROCESSING' && event.turnId !== null) {
      const begun = turnOf(event, event.turnId, fields)
      turns.set(event.turnId, begun)
      entries.push(begun)
    } else if (turn) addTo(turn, event.kind, fields)
    else if (event.turnId === null) {
      const { id, at } = event
      if (event.kind === 'ROLL') entries.push(rollEntry(event, fields))
      const said = noticeOf(event.kind, fields)
      if (said) entries.push({ kind: 'notice', id, at, text: said })
    }
  }
  return entries
}

/** The words of a piece of narration. */
export const narrationOf = ({ payload }: GameEvent): string => text(fieldsOf(payload)['content'])

const turnOf = ({ at }: GameEvent, id: string, fields: Fields): Extract<Entry, { kind: 'turn' }> => ({
  kind: 'turn',
  id,
  at,
  by: text(fields['by']),
  character: text(fields['character']) || null,
  message: text(fields['message']),
  pieces: [],
  isOpen: true,
  error: null,
  note: null,
})

function addTo(turn: Extract<Entry, { kind: 'turn' }>, kind: GmEventKind, fields: Fields): void {
  if (kind === 'NARRATIVE') {
    const unwitnessed = listOf(fields['unwitnessed']).map(String)
    const isPrivate = fields['isPrivate'] === true
    const last = turn.pieces.at(-1)
    if (last?.kind === 'text' && last.isPrivate === isPrivate) {
      last.text += text(fields['content'])
      last.unwitnessed.push(...unwitnessed)
    } else turn.pieces.push({ kind: 'text', text: text(fields['content']), unwitnessed, isPrivate })
  } else if (kind === 'ROLL') turn.pieces.push({ kind: 'roll', roll: rollOf(fields) })
  else if (kind === 'TOOL_RESULT' && fields['ok'] === false)
    turn.pieces.push({ kind: 'refusal', text: text(fields['error']) })
  else if (kind === 'COMPLETE') {
    turn.isOpen = false
    const said = text(fields['content'])
    turn.note = said === ENDED_WELL ? null : said || null
  } else if (kind === 'ERROR') {
    turn.isOpen = false
    turn.error = text(fields['content']) || texts.theTurnEndedEarly
  }
}

const rollEntry = ({ id, at }: GameEvent, fields: Fields): Entry => ({
  kind: 'roll',
  id,
  at,
  roll: rollOf(fields),
  isSecret: fields['isSecret'] === true,
  by: text(fields['by']),
})

function noticeOf(kind: GmEventKind, fields: Fields): string {
  if (kind === 'WHISPER') return texts.whispersTo(text(fields['by']), text(fields['to']), text(fields['content']))
  if (kind !== 'PRESENCE') return text(fields['content'])
  return (fields['joined'] === true ? texts.joined : texts.left)(text(fields['name']))
}

/** A stored roll, as its event carries it. */
function rollOf(fields: Fields): Roll {
  const roll = fieldsOf(fields['roll'])
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  return {
    id: text(roll['rollId']),
    purpose: text(fields['purpose']),
    kind: text(roll['kind']),
    dice: number(roll['dice']) ?? 0,
    targetNumber: number(roll['targetNumber']),
    faces: listOf(roll['faces']).map((die) => listOf(die).map(Number)),
    totals: listOf(roll['totals']).map(Number),
    successes: number(roll['successes']) ?? 0,
    result: number(roll['result']),
    isDisaster: roll['isDisaster'] === true,
    characterId: text(fields['characterId']) || null,
    rerollOf: text(fields['rerollOf']) || null,
    parts: listOf(fields['parts']).map((part) => {
      const { name, value, source, certainty } = fieldsOf(part)
      return { name: text(name), value: number(value) ?? 0, source: text(source), certainty: text(certainty) }
    }),
  }
}
