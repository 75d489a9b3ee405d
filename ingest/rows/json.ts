import { cleaned } from '../../shared/contract/json-value.ts'

/** JSON text that `jsonb` takes: it refuses NUL and half characters wherever they stand. */
export function jsonForPostgres(value: unknown): string {
  const text = JSON.stringify(value)
  if (!/\\u0000|\\ud[89a-f]/i.test(text)) return text
  return JSON.stringify(cleaned(value))
}
