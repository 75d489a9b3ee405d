import { Kind, type GraphQLFieldResolver, type TypeNode } from 'graphql'
import type { Place } from './declarations.ts'
import type { Privacy } from './privacy.ts'

/** What the resolvers of a subgraph with places have at hand. */
interface PlaceContext {
  privacy: Privacy
}

type Resolve = GraphQLFieldResolver<unknown, PlaceContext>

/** Fields that a blurred place must not show: the height could reveal a dungeon's floor. */
const EXACT_ONLY = ['z', 'heading', 'landCell']

/**
 * Resolves a field that shows a place: exact, rounded, or not at all. Decided by each row's character; nothing is
 * copied for most viewers.
 * @param type of the field, as its subgraph declares it
 */
export function placeResolver(resolve: Resolve, { of, rough }: Place, type: TypeNode): Resolve {
  const list = nullable(type)
  const isList = list.kind === Kind.LIST_TYPE
  const none = type.kind === Kind.NON_NULL_TYPE && isList ? () => [] : () => null
  const keepsLength = !rough && isList && list.type.kind !== Kind.NON_NULL_TYPE
  const blurred = rough ? roughly : keepsLength ? nothingEach : none
  return (row, args, context, info) => {
    const shown = context.privacy.placeOf((row as Record<string, string>)[of]!)
    if (shown === 'EXACT') return resolve(row, args, context, info)
    if (shown === 'HIDDEN') return none()
    const value = resolve(row, args, context, info)
    return value instanceof Promise ? value.then(blurred) : blurred(value)
  }
}

const nullable = (type: TypeNode) => (type.kind === Kind.NON_NULL_TYPE ? type.type : type)

const nothingEach = (list: unknown): null[] => (list as unknown[]).map(() => null)

/** A place in whole map units, which are 240 m: of a number, of an object with coordinates, or of each of a list. */
export function roughly(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value) + 0 // never minus zero
  if (Array.isArray(value)) return value.map(roughly)
  if (typeof value !== 'object' || value === null) return null
  const { ew, ns } = value as { ew?: unknown; ns?: unknown }
  const withheld = EXACT_ONLY.filter((name) => name in value).map((name) => [name, null])
  return { ...value, ew: roughly(ew), ns: roughly(ns), ...Object.fromEntries(withheld) }
}
