// What the arguments of a tool are about. Read from what may be shown of them, so that nothing else comes to light.
import { isRecord } from '../../../shared/contract/json-value.ts'
import { REDACTED } from '../../../shared/contract/redact-trace.ts'
import { CHARACTER_FIELDS } from '../../../shared/world/character-fields.ts'
import type { TraceSubjects } from '../../../shared/contract/traces.ts'

const ITEMS = ['item', 'items', 'item_id', 'itemId', 'item_name']
const QUERIES = ['query', 'search', 'statement', 'document', 'text', 'question']
const MAX_NAMES = 10
const MAX_NAME = 64
const MAX_QUERY = 500

/** The characters, items and query that arguments name; null where they name none. */
export function subjectsOf(input: unknown): TraceSubjects | null {
  if (!isRecord(input)) return null
  const characters = namesIn(input, CHARACTER_FIELDS)
  const items = namesIn(input, ITEMS)
  const query =
    QUERIES.map((key) => input[key])
      .find(isText)
      ?.slice(0, MAX_QUERY)
      .toWellFormed() ?? null
  return characters.length || items.length || query !== null ? { characters, items, query } : null
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '' && value !== REDACTED

function namesIn(input: Record<string, unknown>, keys: readonly string[]): string[] {
  const found = keys.flatMap((key) => {
    const value = input[key]
    return (Array.isArray(value) ? value : [value]).filter(isText).filter(({ length }) => length <= MAX_NAME)
  })
  return [...new Set(found)].slice(0, MAX_NAMES)
}
