// From whatever the plugin sent to a frame of a known shape. The plugin speaks loosely: numbers come as strings (some with
// a decimal comma), names of fields changed over the years. What can be understood is understood; an optional field that
// cannot is left out and counted; a required one refuses the frame, with the path.
import type { TObject, TSchema, Static } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'

/** What decoding made of a frame. `dropped` names optional fields left out; `unknown` names fields we do not know. */
export type Decoded<F> =
  { ok: true; frame: F; dropped: string[]; unknown: string[] } | { ok: false; path: string; reason: string }

/** One type of the wire contract. */
export interface FrameType<F = unknown> {
  readonly type: string
  decode(raw: Readonly<Record<string, unknown>>): Decoded<F>
}

interface JsonSchema {
  type?: string
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  patternProperties?: Record<string, JsonSchema>
  required?: string[]
}

/**
 * Describes a frame type.
 * @param aliases other names a field goes by, first match wins; the schema's own name always comes first
 */
export function frameType<S extends TObject>(
  type: string,
  schema: S,
  aliases: Partial<Record<keyof Static<S> & string, readonly string[]>> = {},
): FrameType<Static<S>> {
  const check: Validator = Compile(schema as TSchema)
  const { properties = {}, required = [] } = schema as unknown as JsonSchema
  const fields = Object.entries(properties).map(([name, part]) => ({
    name,
    part,
    names: [name, ...((aliases as Record<string, readonly string[]>)[name] ?? [])],
  }))
  const known = new Set(['type', ...fields.flatMap((field) => field.names)])
  const needed = new Set(required)

  return {
    type,
    decode(raw) {
      const frame: Record<string, unknown> = {}
      const dropped: string[] = []
      for (const { name, part, names } of fields) {
        const given = firstPresent(raw, names)
        if (given === undefined) continue
        const value = coerce(part, given)
        if (value === undefined) dropped.push(name)
        else frame[name] = value
      }
      while (!check.Check(frame)) {
        const path = check.Errors(frame)[0]?.instancePath ?? ''
        const name = path.split('/')[1]
        if (!name || !(name in frame) || needed.has(name)) {
          const missing = required.find((field) => !(field in frame))
          return {
            ok: false,
            path: missing ? `/${missing}` : path,
            reason: missing ? 'is missing or not understood' : 'is out of bounds',
          }
        }
        delete frame[name]
        dropped.push(name)
      }
      const unknown = Object.keys(raw).filter((name) => !known.has(name))
      return { ok: true, frame: frame as Static<S>, dropped, unknown }
    },
  }
}

function firstPresent(raw: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined
    if (value !== undefined && value !== null) return value
  }
  return undefined
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
