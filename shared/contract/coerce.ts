// How loosely spoken values are understood.
import { isRecord, wellFormed } from './json-value.ts'
import type { Left } from './left.ts'
import { toNumber, toWhole } from './numbers.ts'

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
  enum?: string[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  /** The schema of values under names that the sender chooses. */
  additionalProperties?: JsonSchema
  required?: string[]
}

/** Nearer to nothing than the database's `real` can hold. */
const SMALLEST = 1e-37

/**
 * A value as its schema wants it; undefined when it cannot be read. Parts that cannot be read are reported to `left`.
 */
export function coerce(schema: JsonSchema, value: unknown, left: Left, path: string): unknown {
  switch (schema.type) {
    case 'integer':
      return toWhole(value)
    case 'number': {
      const number = toNumber(value)
      return number !== undefined && Math.abs(number) < SMALLEST ? 0 : number
    }
    case 'string':
      return toText(value)
    case 'boolean':
      return toBoolean(value)
    case 'array':
      return Array.isArray(value) ? coerceArray(schema.items, value, left, path) : undefined
    case 'object':
      return isRecord(value) ? coerceObject(schema, value, left, path) : undefined
    default:
      return value
  }
}

function coerceArray(schema: JsonSchema | undefined, value: unknown[], left: Left, path: string): unknown[] {
  if (!schema?.type) return value
  return value.map((item) => part(schema, item, left, `${path}/*`)).filter((item) => item !== undefined)
}

function coerceObject(schema: JsonSchema, value: Record<string, unknown>, left: Left, path: string) {
  const { properties, additionalProperties: every } = schema
  const result: Record<string, unknown> = {}
  for (const [name, given] of Object.entries(value)) {
    if (name === '__proto__') continue // would set the prototype instead of a field
    const own = properties && Object.hasOwn(properties, name) ? properties[name] : undefined
    const wanted = own ?? every
    if (!wanted && properties) left.unknown(path, name)
    else {
      const understood = wanted ? part(wanted, given, left, `${path}/${own ? name : '*'}`) : given
      if (understood !== undefined) result[wellFormed(name)] = understood
    }
  }
  return result
}

/** A part of a value, which alone is left out when it cannot be understood or lies out of bounds. */
function part(schema: JsonSchema, given: unknown, left: Left, path: string): unknown {
  if (given === null || given === undefined) return undefined
  const value = coerce(schema, given, left, path)
  if (value !== undefined && isWithin(schema, value)) return value
  left.drop(path)
  return undefined
}

function isWithin(schema: JsonSchema, value: unknown): boolean {
  const { minimum = -Infinity, maximum = Infinity, minLength = 0, maxLength = Infinity } = schema
  if (typeof value === 'number') return value >= minimum && value <= maximum
  if (typeof value === 'string') return value.length >= minLength && value.length <= maxLength
  return true
}

function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return undefined
}

/** Yes or no, in the words of any client; undefined otherwise. */
export function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 'true' || value === 'True' || value === '1') return true
  if (value === 0 || value === 'false' || value === 'False' || value === '0') return false
  return undefined
}
