import { wellFormed } from '../../shared/contract/decode.ts'

/** JSON text that `jsonb` takes: it refuses NUL and half characters wherever they stand. */
export function jsonForPostgres(value: unknown): string {
  const text = JSON.stringify(value)
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text
  return JSON.stringify(cleaned(value))
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [wellFormed(key), cleaned(part)]))
}
