import { GraphQLScalarType, Kind, type ValueNode } from 'graphql'
import { fault } from '../errors.ts'

/** ISO 8601 in UTC with milliseconds, out; any ISO moment with an offset, in. */
export const DateTime = new GraphQLScalarType({
  name: 'DateTime',
  serialize: (value) => (isOurs(value) ? value : new Date(value as string | Date).toISOString()),
  parseValue: readMoment,
  parseLiteral: (node) => readMoment(node.kind === Kind.STRING ? node.value : null),
})

/** The database knows no year 0, and text of ours has four digits for one. */
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether it is a moment as we write them ourselves; thousands a second go out as they came. */
const isOurs = (value: unknown): value is string =>
  typeof value === 'string' && value.length === 24 && value[23] === 'Z' && value[19] === '.' && value[10] === 'T'

function readMoment(value: unknown): string {
  const ms = typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(value) ? Date.parse(value) : NaN
  if (Number.isNaN(ms)) throw fault('BAD_USER_INPUT', 'A DateTime looks like 2026-06-20T18:03:11.123Z.')
  if (ms < FIRST_MS || ms > LAST_MS)
    throw fault('BAD_USER_INPUT', 'A DateTime lies within the years 1 to 9999, in UTC.')
  return new Date(ms).toISOString()
}

/** A whole number that a JSON number holds exactly. What lies beyond is reported as the nearest such number. */
export const Long = new GraphQLScalarType({
  name: 'Long',
  serialize: (value) => Math.min(Math.max(Number(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER),
  parseValue: readWhole,
  parseLiteral: (node) => readWhole(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : null),
})

function readWhole(value: unknown): number {
  const number = typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value)) ? Number(value) : NaN
  if (!Number.isSafeInteger(number)) throw fault('BAD_USER_INPUT', 'A Long is a whole number from -(2^53-1) to 2^53-1.')
  return number
}

/** Anything, as it is. */
export const Json = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: literal,
})

function literal(node: ValueNode): unknown {
  if (node.kind === Kind.OBJECT)
    return Object.fromEntries(node.fields.map((field) => [field.name.value, literal(field.value)]))
  if (node.kind === Kind.LIST) return node.values.map(literal)
  if (node.kind === Kind.INT || node.kind === Kind.FLOAT) return Number(node.value)
  return 'value' in node ? node.value : null
}
