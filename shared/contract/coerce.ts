// How loosely spoken values are understood.

/** What we read of a JSON schema. */
export interface JsonSchema {
  type?: string
  anyOf?: unknown
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  patternProperties?: Record<string, JsonSchema>
  required?: string[]
}

/** Nearer to nothing than the database's `real` can hold. */
const SMALLEST = 1e-37

/** A value as its schema wants it; undefined when it cannot be understood. */
export function coerce(schema: JsonSchema, value: unknown): unknown {
  switch (schema.type) {
    case 'integer': {
      const number = toNumber(value)
      return number === undefined ? undefined : Math.trunc(number)
    }
    case 'number': {
      const number = toNumber(value)
      return number !== undefined && Math.abs(number) < SMALLEST ? 0 : number
    }
    case 'string':
      return toText(value)
    case 'boolean':
      return toBoolean(value)
    case 'array':
      return Array.isArray(value)
        ? schema.items
          ? value.map((item) => coerce(schema.items!, item)).filter((item) => item !== undefined)
          : value
        : undefined
    case 'object':
      return isRecord(value) ? coerceObject(schema, value) : undefined
    default:
      return value
  }
}

function coerceObject(schema: JsonSchema, value: Record<string, unknown>): Record<string, unknown> {
  const every = schema.patternProperties && Object.values(schema.patternProperties)[0]
  const result: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(value)) {
    if (name === '__proto__') continue // would set the prototype instead of a field
    const part = schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : every
    const part2 = part ? coerce(part, given) : schema.properties ? undefined : given
    if (part2 !== undefined) result[wellFormed(name)] = part2
  }
  return result
}

/** A finite number from a number or its text, decimal comma included; undefined otherwise. */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const number = Number(value)
    if (number !== 0 && Number.isFinite(number)) return number // zero is what blanks give, too
    const text = value.trim()
    if (text === '') return undefined
    value = Number(/^[-+]?\d+,\d+$/.test(text) ? text.replace(',', '.') : text)
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return undefined
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 'true' || value === 'True' || value === '1') return true
  if (value === 0 || value === 'false' || value === 'False' || value === '0') return false
  return undefined
}

/** Text that Postgres takes: without NUL and without half characters. */
export function wellFormed(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '') : text).toWellFormed()
}

/** A JSON object, neither null nor an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same value without NUL, half characters and keys `__proto__`, wherever they stand. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '__proto__')
      .map(([key, part]) => [wellFormed(key), cleaned(part)]),
  )
}
