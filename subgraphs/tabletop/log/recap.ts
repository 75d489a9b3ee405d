// What happened, in the words of events. Nothing here is made up: an event without words has no line.
import type { EventRow } from '../event/store.ts'
import type { GmEventKind } from '../generated/resolvers.ts'

export interface RecapLine {
  at: string
  kind: GmEventKind
  text: string
}

/** What the end of a turn says when there is nothing to say. */
const ENDED_WELL = 'Response complete'

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** The lines of events that are in their order. Narration of one turn that follows itself is one line. */
export function recapOf(events: readonly EventRow[]): RecapLine[] {
  const lines: RecapLine[] = []
  let narrating: string | null = null
  for (const { kind, payload, at, turnId } of events) {
    const said = wordsOf(kind, fieldsOf(payload))
    if (!said) continue
    const last = lines.at(-1)
    if (kind === 'NARRATIVE' && last && narrating === turnId) last.text += ` ${said}`
    else lines.push({ at, kind, text: said })
    narrating = kind === 'NARRATIVE' ? turnId : null
  }
  return lines
}

function wordsOf(kind: GmEventKind, fields: Fields): string {
  switch (kind) {
    case 'PROCESSING':
      return `${text(fields['character']) || text(fields['by'])}: ${text(fields['message'])}`
    case 'ROLL':
      return rollWords(fields)
    case 'NARRATIVE':
      return narrated(fields)
    case 'COMPLETE':
      // How the answer of a model ended, where that was not as it should be.
      return text(fields['content']) === ENDED_WELL ? '' : text(fields['content'])
    case 'PRESENCE':
      return `${text(fields['name'])} ${fields['joined'] === true ? 'joined' : 'left'}.`
    case 'WHISPER':
      return `${text(fields['by'])} to ${text(fields['to'])}: ${text(fields['content'])}`
    case 'TOOL_RESULT':
      return changedWords(fields)
    case 'TOOL_EXECUTION':
      return ''
    default:
      return text(fields['content'])
  }
}

/** Narration, with what nothing in its turn vouches for. */
function narrated(fields: Fields): string {
  const said = text(fields['content'])
  const { unwitnessed } = fields
  return said && Array.isArray(unwitnessed) ? `${said} (not rolled: ${unwitnessed.join(', ')})` : said
}

function rollWords(fields: Fields): string {
  const { dice, targetNumber, successes, result } = fieldsOf(fields['roll'])
  const against = typeof targetNumber === 'number' ? ` against ${targetNumber}` : ''
  const came = against ? `${String(successes)} ${successes === 1 ? 'success' : 'successes'}` : String(result)
  return `${text(fields['purpose'])}: ${dice === 1 ? '1 die' : `${String(dice)} dice`}${against}, ${came}.`
}

/** Wounds after a tool changed characters. */
const changedWords = ({ changed }: Fields): string =>
  (Array.isArray(changed) ? changed.map(fieldsOf) : [])
    .map(({ name, physical, stun }) => `${text(name)} has ${String(physical)} physical, ${String(stun)} stun.`)
    .join(' ')
