// The whole graph as one schema that can be executed, over subgraphs of this process: no plan, and no documents between us.
import { addResolversToSchema } from '@graphql-tools/schema'
import {
  defaultFieldResolver,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { held, partOf, type Entity, type EntityPart } from './entity.ts'

/** What travels with an operation: each subgraph's own context, made when it is first needed. */
export interface EmbeddedContext {
  of(subgraph: number): object
}

type Resolve = GraphQLFieldResolver<unknown, EmbeddedContext>
type OwnResolve = GraphQLFieldResolver<unknown, object>
type Follows = { resolve?: Resolve; subscribe: Resolve }

/** Who has fields of a type, by the subgraph's place in the list. */
type Homes = Map<number, GraphQLObjectType>

/**
 * Gives each field of the public schema to the subgraph that has it. An object whose type several of them have fields of asks
 * each one by its key, once. Throws where the subgraphs use more of federation than that: interfaces, unions, keys that are
 * not plain fields, `@requires`, `@provides`.
 */
export function embeddedSchema(api: GraphQLSchema, subgraphs: readonly Subgraph[]): GraphQLSchema {
  const homesOf = new Map<string, Homes>()
  const resolvers: Record<string, unknown> = {}
  for (const [at, { schema, name }] of subgraphs.entries()) {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!api.getType(type.name) || type.name.startsWith('__')) continue
      if (isInterfaceType(type) || isUnionType(type)) throw new Error(`${type.name} of ${name} is of several types.`)
      if (isScalarType(type) && !isSpecifiedScalarType(type)) resolvers[type.name] = type
      if (isEnumType(type))
        resolvers[type.name] = Object.fromEntries(type.getValues().map((value) => [value.name, value.value as unknown]))
      if (isObjectType(type)) homesOf.set(type.name, (homesOf.get(type.name) ?? new Map<number, GraphQLObjectType>()).set(at, type)) // prettier-ignore
    }
  }
  const roots = new Set(
    [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].map((type) => type?.name),
  )
  const partsOf = new Map<string, ReadonlyMap<number, EntityPart>>()
  for (const [name, homes] of homesOf)
    if (homes.size > 1 && !roots.has(name)) {
      const parts = new Map([...homes].flatMap(([at, type]) => [[at, partOf(type)] as const]))
      const shared = [...parts].filter((entry): entry is [number, EntityPart] => entry[1] !== null)
      if (shared.length) partsOf.set(name, new Map(shared))
    }
  for (const [name, homes] of homesOf) {
    const type = api.getType(name) as GraphQLObjectType
    const fields: Record<string, Resolve | Follows> = {}
    for (const field of Object.values(type.getFields())) {
      const owners = [...homes].filter(([, own]) => own.getFields()[field.name])
      if (!owners.length) throw new Error(`No subgraph of this process has ${name}.${field.name}.`)
      const gives = partsOf.has(getNamedType(field.type).name)
      const resolve = fieldOf(name, field.name, new Map(owners), { parts: partsOf.get(name), gives })
      const [[at, own]] = owners as [[number, GraphQLObjectType]]
      const subscribe = own.getFields()[field.name]!.subscribe as OwnResolve | undefined
      if (subscribe)
        fields[field.name] = { ...(resolve ? { resolve } : {}), subscribe: (parent, args, context, info) => subscribe(parent, args, context.of(at), info) as unknown } // prettier-ignore
      else if (resolve) fields[field.name] = resolve
    }
    resolvers[name] = fields
  }
  return addResolversToSchema({ schema: api, resolvers: resolvers as never })
}

/** How a field is answered; null where the object simply has it. */
function fieldOf(
  typeName: string,
  fieldName: string,
  owners: Homes,
  { parts, gives }: { parts: ReadonlyMap<number, EntityPart> | undefined; gives: boolean },
): Resolve | null {
  const calls = new Map<number, Resolve>()
  for (const [at, own] of owners) {
    const field = own.getFields()[fieldName]!
    const directives = field.astNode?.directives?.map(({ name }) => name.value) ?? []
    if (directives.some((name) => ['requires', 'provides', 'external', 'override'].includes(name)))
      throw new Error(`${typeName}.${fieldName} needs what only the planner can do.`)
    const resolve = (field.resolve as OwnResolve | undefined) ?? null
    if (!resolve && !gives) continue
    const answer: OwnResolve = resolve ?? defaultFieldResolver
    calls.set(at, (parent, args, context, info) => {
      const given = answer(parent, args, context.of(at), info)
      return gives ? held(given, at) : given
    })
  }
  const [first] = owners.keys()
  if (!parts) {
    if (owners.size > 1 && calls.size && !gives)
      throw new Error(`${typeName}.${fieldName} is answered by several subgraphs.`)
    return calls.get(first!) ?? null
  }
  return (parent, args, context, info) => {
    const entity = parent as Entity
    const at = owners.has(entity.home) ? entity.home : first!
    const call = calls.get(at) ?? (defaultFieldResolver as Resolve)
    const there = entity.in(at, typeName, parts.get(at)!, context.of(at), info)
    if (there instanceof Promise)
      return there.then((value: unknown) => (value == null ? null : call(value, args, context, info)))
    return there == null ? null : call(there, args, context, info)
  }
}
