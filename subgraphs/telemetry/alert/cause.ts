import { isRecord } from '../../../shared/contract/json-value.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'

const COMPARED: Readonly<Record<string, string>> = {
  LT: 'below',
  LTE: 'at most',
  GT: 'above',
  GTE: 'at least',
  EQ: 'equal to',
  NEQ: 'other than',
}

const word = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null

const span = (seconds: unknown): string | null =>
  typeof seconds !== 'number' || seconds <= 0
    ? null
    : seconds < 60
      ? `${seconds} s`
      : `${+(seconds / 60).toFixed(1)} min`

/** What caused an alert, in words, by what was reported with it; null if nothing was. */
export function causeOf({ kind, details }: Pick<AlertEvent, 'kind' | 'details'>): string | null {
  if (!isRecord(details)) return null
  const { vitae, state, forSeconds, lastHeardAt, channel, field, comparison, threshold, value } = details
  const lasting = span(forSeconds)
  switch (kind) {
    case 'DEATH':
      return word(vitae) && `vitae became ${word(vitae)} %`
    case 'IDLE':
      return [word(state) ?? 'idle', lasting && `for ${lasting}`].filter(Boolean).join(' ')
    case 'GONE':
      return word(lastHeardAt) && `no frame since ${word(lastHeardAt)}`
    case 'VORTEX':
      return word(channel) && `a message in ${word(channel)!.toLowerCase()}`
    case 'WATCH': {
      const what = word(field)?.toLowerCase().replaceAll('_', ' ')
      const compared = COMPARED[word(comparison) ?? '']
      if (!what || word(value) === null) return null
      const limit = compared && word(threshold) !== null ? ` (${compared} ${word(threshold)})` : ''
      return `${what} ${word(value)}${limit}${lasting ? ` for ${lasting}` : ''}`
    }
    default:
      return null
  }
}
