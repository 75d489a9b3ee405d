// Values of unknown origin, read one field at a time.
import { RuleError } from './rule-error.ts'

/** Fields of an object that may or may not be there. */
export type Fields = Readonly<Record<string, unknown>>

const mostText = 100

/** An object with no other fields than these. */
export function record(field: string, value: unknown, names: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RuleError(field, 'must be an object')
  const unknown = Object.keys(value).find((name) => !names.includes(name))
  if (unknown !== undefined)
    throw new RuleError(field, `has no field "${unknown.slice(0, 40)}"; its fields are ${names.join(', ')}`)
  // A copy of own fields: nothing is read from a prototype.
  return { __proto__: null, ...value } as Fields
}

/** A text of 1 to 100 characters, without control characters and without spaces at its ends. */
export function text(field: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() !== value || value.length < 1 || value.length > mostText)
    throw new RuleError(field, `must be a text of 1 to ${mostText} characters without spaces at its ends`)
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) throw new RuleError(field, 'must not have control characters')
  return value
}

/** A list of at most so many entries; each is read with its path. */
export function list<T>(field: string, value: unknown, most: number, read: (field: string, value: unknown) => T): T[] {
  if (!Array.isArray(value) || value.length > most) throw new RuleError(field, `must be a list of at most ${most}`)
  return value.map((entry, n) => read(`${field}[${n}]`, entry))
}

/** True or false. */
export function flag(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new RuleError(field, 'must be true or false')
  return value
}
