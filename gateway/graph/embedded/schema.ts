// The whole graph as one schema that can be executed, over subgraphs of this process: no plan, and no documents
// between us.
import { addResolversToSchema } from '@graphql-tools/schema'
import {
  defaultFieldResolver,
  getNamedType,
  isAbstractType,
  isEnumType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { held, partOf, type Entity, type EntityPart } from './entity.ts'
import { Planned } from './planned.ts'

/** What travels with an operation: each subgraph's own context, made when it is first needed. */
export interface EmbeddedContext {
  of(subgraph: number): object
}

type Resolve = GraphQLFieldResolver<unknown, EmbeddedContext>
type OwnResolve = GraphQLFieldResolver<unknown, object>
type Follows = { resolve?: Resolve; subscribe: Resolve }

/** Who has fields of a type, by the subgraph's place in the list. */
type Homes = Map<number, GraphQLObjectType>

/** Who has what of the public schema. */
interface Owners {
  /** Types of objects, by name. */
  homesOf: Map<string, Homes>
  /** Types that several subgraphs have fields of, by name. */
  partsOf: Map<string, ReadonlyMap<number, EntityPart>>
  /** Values of enums and scalars. */
  leaves: Record<string, unknown>
}

/**
 * Gives each field of the public schema to the subgraph that has it. An object whose type has fields in several
 * subgraphs asks each one by its key, once. Whatever needs more of federation than that is `planned`: interfaces and
 * unions, keys that are not plain fields, `@requires`, `@provides`, `@override`, fields of several subgraphs or of
 * none here.
 */
export function embeddedSchema(
  api: GraphQLSchema,
  subgraphs: readonly Subgraph[],
): { schema: GraphQLSchema; planned: Planned } {
  const planned = new Planned()
  for (const type of Object.values(api.getTypeMap())) if (isAbstractType(type)) planned.type(type.name)
  const { homesOf, partsOf, leaves } = ownersOf(api, subgraphs, planned)
  const resolvers: Record<string, unknown> = { ...leaves }
  for (const type of Object.values(api.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    const homes: Homes = homesOf.get(type.name) ?? new Map()
    resolvers[type.name] = Object.fromEntries(
      Object.values(type.getFields()).flatMap((field) => {
        const owners = ownersOfField(homes, field.name)
        const gives = partsOf.has(getNamedType(field.type).name)
        const made = ownedField(type.name, field.name, owners, { parts: partsOf.get(type.name), gives })
        if (made === 'planned') planned.field(type.name, field.name)
        return made === null || made === 'planned' ? [] : [[field.name, made]]
      }),
    )
  }
  return { schema: addResolversToSchema({ schema: api, resolvers: resolvers as never }), planned }
}

function ownersOf(api: GraphQLSchema, subgraphs: readonly Subgraph[], planned: Planned): Owners {
  const homesOf = new Map<string, Homes>()
  const leaves: Record<string, unknown> = {}
  for (const [at, { schema }] of subgraphs.entries()) {
    for (const type of Object.values(schema.getTypeMap())) {
      const shown = api.getType(type.name)
      if (!shown || type.name.startsWith('__')) continue
      if (isScalarType(type) && !isSpecifiedScalarType(type)) leaves[type.name] = type
      if (isEnumType(type))
        leaves[type.name] = Object.fromEntries(
          type
            .getValues()
            .flatMap(({ name, value }) =>
              isEnumType(shown) && shown.getValue(name) ? [[name, value as unknown]] : [],
            ),
        )
      if (isObjectType(type) && isObjectType(shown))
        homesOf.set(type.name, (homesOf.get(type.name) ?? new Map<number, GraphQLObjectType>()).set(at, type))
    }
  }
  const roots = new Set(
    [api.getQueryType(), api.getMutationType(), api.getSubscriptionType()].map((type) => type?.name),
  )
  const partsOf = new Map<string, ReadonlyMap<number, EntityPart>>()
  for (const [name, homes] of homesOf)
    if (homes.size > 1 && !roots.has(name)) {
      const shared = new Map<number, EntityPart>()
      for (const [at, type] of homes) {
        const part = partOf(type)
        if (part === 'planned') planned.type(name)
        else if (part) shared.set(at, part)
      }
      if (shared.size) partsOf.set(name, shared)
    }
  return { homesOf, partsOf, leaves }
}

interface FieldOf {
  /** The parent type, if several subgraphs have fields of it. */
  parts: ReadonlyMap<number, EntityPart> | undefined
  /** It gives objects of such a type. */
  gives: boolean
}

/** How a field is answered: null where the object simply has it, `planned` where only the planner can. */
function ownedField(
  typeName: string,
  fieldName: string,
  owners: Homes,
  of: FieldOf,
): Resolve | Follows | null | 'planned' {
  const [first] = owners
  if (!first || needsPlan(fieldName, owners, of)) return 'planned'
  const resolve = fieldOf(typeName, fieldName, owners, of)
  const [at, own] = first
  const subscribe = own.getFields()[fieldName]!.subscribe as OwnResolve | undefined
  if (!subscribe) return resolve
  return {
    ...(resolve ? { resolve } : {}),
    subscribe: (parent, args, context, info) => subscribe(parent, args, context.of(at), info) as unknown,
  }
}

/** The subgraphs that declare a field; not those that only mark it as external. */
const ownersOfField = (homes: Homes, fieldName: string): Homes =>
  new Map(
    [...homes].filter(([, own]) => own.getFields()[fieldName] && !directivesOf(own, fieldName).includes('external')),
  )

const JOINED = new Set(['requires', 'provides', 'override'])
const directivesOf = (own: GraphQLObjectType, fieldName: string) =>
  own.getFields()[fieldName]?.astNode?.directives?.map(({ name }) => name.value) ?? []

function needsPlan(fieldName: string, owners: Homes, { parts, gives }: FieldOf): boolean {
  const fields = [...owners.values()].map((own) => own.getFields()[fieldName]!)
  if ([...owners.values()].some((own) => directivesOf(own, fieldName).some((name) => JOINED.has(name)))) return true
  // An owner without the key that the others go by cannot be asked for its part.
  if (parts && [...owners.keys()].some((at) => !parts.has(at))) return true
  return !parts && !gives && owners.size > 1 && fields.some(({ resolve }) => resolve)
}

function fieldOf(typeName: string, fieldName: string, owners: Homes, { parts, gives }: FieldOf): Resolve | null {
  const calls = new Map<number, Resolve>()
  for (const [at, own] of owners) {
    const resolve = (own.getFields()[fieldName]!.resolve as OwnResolve | undefined) ?? null
    if (!resolve && !gives) continue
    const answer: OwnResolve = resolve ?? defaultFieldResolver
    calls.set(at, (parent, args, context, info) => {
      const given = answer(parent, args, context.of(at), info)
      return gives ? held(given, at) : given
    })
  }
  const [first] = owners.keys()
  if (!parts) return calls.get(first!) ?? null
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
