// Values of unknown origin, read one field at a time.
import { RuleError } from './rule-error.ts'

/** Fields of an object that may or may not be there. */
export type Fields = Readonly<Record<string, unknown>>

const mostText = 100

/** Problems that one value is refused with at most. */
const mostProblems = 100

/** Several problems of one value. Its message is that of the first. */
export class RuleErrors extends RuleError {
  readonly problems: readonly RuleError[]

  constructor(problems: readonly RuleError[]) {
    const [first] = problems
    super(first!.field, first!.reason)
    this.problems = problems.slice(0, mostProblems)
  }
}

/** Each problem of an error. */
export const problemsOf = (error: RuleError): readonly RuleError[] =>
  error instanceof RuleErrors ? error.problems : [error]

/** Reads every part, also after one that is wrong; then all problems are thrown together. */
export function readAll<T>(parts: readonly (() => T)[], problems: RuleError[] = []): T[] {
  const found = [...problems]
  const values: T[] = []
  for (const read of parts) {
    if (found.length >= mostProblems) break
    try {
      values.push(read())
    } catch (error) {
      if (!(error instanceof RuleError)) throw error
      found.push(...problemsOf(error))
    }
  }
  if (found.length) throw new RuleErrors(found)
  return values
}

/** How each field of an object is read. */
export type Readers<T> = { readonly [K in keyof T]: (fields: Fields) => T[K] }

/** An object with no other fields than these, each read by its reader; every problem is named. */
export function record<T>(
  field: string,
  value: unknown,
  readers: Readers<T>,
  /** Fields that may be there besides, and are not read. */
  ignored: readonly string[] = [],
): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new RuleError(field, 'must be an object')
  const names = Object.keys(readers)
  const unknown = Object.keys(value)
    .filter((name) => !names.includes(name) && !ignored.includes(name))
    .map((name) => new RuleError(field, `has no field "${name.slice(0, 40)}"; its fields are ${names.join(', ')}`))
  // A copy of own fields: nothing is read from a prototype.
  const fields = { __proto__: null, ...value } as Fields
  const parts = Object.entries<(from: Fields) => unknown>(readers).map(
    ([name, read]) =>
      () =>
        [name, read(fields)] as const,
  )
  return Object.fromEntries(readAll(parts, unknown)) as T
}

/** A text of 1 to 100 characters, without control characters and without spaces at its ends. */
export function text(field: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() !== value || value.length < 1 || value.length > mostText)
    throw new RuleError(field, `must be a text of 1 to ${mostText} characters without spaces at its ends`)
  if (/\p{Cc}/u.test(value) || !value.isWellFormed()) throw new RuleError(field, 'must not have control characters')
  return value
}

/** A list of at most so many entries; each is read with its path, and every problem is named. */
export function list<T>(field: string, value: unknown, most: number, read: (field: string, value: unknown) => T): T[] {
  if (!Array.isArray(value) || value.length > most) throw new RuleError(field, `must be a list of at most ${most}`)
  return readAll(value.map((entry, n) => () => read(`${field}[${n}]`, entry)))
}

/** True or false. */
export function flag(field: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw new RuleError(field, 'must be true or false')
  return value
}
