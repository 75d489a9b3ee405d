const SECRET = /pass(word|phrase)?|secret|token|cookie|authorization|api[_-]?key/i
const CREDENTIAL = /\bovl_(svc|act)_[\w.-]+/g
const DEEPEST = 8

/**
 * The same without what must not be stored: values of names that are secrets, and credentials of ours wherever they
 * are.
 */
export function redacted(input: Record<string, unknown>): Record<string, unknown> {
  return withoutSecrets(input, 0) as Record<string, unknown>
}

function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(CREDENTIAL, '[redacted]')
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '[too deep]'
  if (Array.isArray(value)) return value.map((entry) => withoutSecrets(entry, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, entry]) => [
      name,
      SECRET.test(name) ? '[redacted]' : withoutSecrets(entry, depth + 1),
    ]),
  )
}
