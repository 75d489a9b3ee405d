// Wraps the resolvers of a schema by their declarations, once, when it is built.
import {
  defaultFieldResolver,
  GraphQLObjectType,
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql'
import { isAtLeast, type Viewer } from '../auth/viewer.ts'
import type { Pool } from '../db/pool.ts'
import { fault } from '../errors.ts'
import type { Declarations, FieldAccess } from './declarations.ts'
import { isForOwnerAlone, refusalOf } from './ownership.ts'
import { placeResolver } from './place.ts'
import type { Privacy } from './privacy.ts'
import {
  requireAgent,
  requirePerson,
  requirePublic,
  requireRole,
  requireShare,
  requireSomebodyElse,
  requireStoring,
  requireStreaming,
  requireWriting,
} from './roles.ts'
import { rowRules } from './row-rules.ts'

/** What the rules read of the context that a subgraph gives to its resolvers. */
export interface AccessContext {
  viewer: Viewer
  /** Where ownership is looked up; for subgraphs that use @owner. */
  pool: Pool
  /** For subgraphs that use @place, @filtered or @guarded. */
  privacy: Privacy
}

type Arguments = Record<string, unknown>
type Resolve = GraphQLFieldResolver<unknown, AccessContext, Arguments>
/** Throws what a viewer is refused with; a promise only where the database must be asked. */
type Gate = (args: Arguments, context: AccessContext) => Promise<void> | void

/** Wraps a mutation, its refusals included, such as an audit. `C` is the context of the subgraph's resolvers. */
export type MutationWrapper<C = AccessContext> = (
  name: string,
  mutation: GraphQLFieldResolver<unknown, C, Arguments>,
) => GraphQLFieldResolver<unknown, C, Arguments>

/**
 * Enforces the declarations on a schema, in place. A field that is for every viewer and hides nothing keeps its
 * resolver as it is.
 * @param wrapMutation wraps each mutation
 * @param asDeclared the schema as it is declared, where the executed one is nullable in more places
 */
export function enforce(
  schema: GraphQLSchema,
  declared: Declarations,
  wrapMutation: MutationWrapper = (_, m) => m,
  asDeclared?: DocumentNode,
): void {
  const typeOf = asDeclared && typesIn(asDeclared)
  for (const [name, fields] of declared) {
    const type = schema.getType(name)
    if (!(type instanceof GraphQLObjectType)) continue
    for (const [fieldName, access] of fields) {
      const field = type.getFields()[fieldName] as GraphQLField<unknown, AccessContext, Arguments>
      if (name === 'Subscription') field.subscribe = gated(gateOf(access, 'stream'), subscriberOf(field))
      else if (name === 'Mutation')
        field.resolve = wrapMutation(fieldName, gated(gateOf(access, 'write'), resolverOf(field)))
      else if (name === 'Query') field.resolve = gated(gateOf(access, 'operation'), resolverOf(field))
      else enforceField(field, access, typeOf?.get(`${name}.${fieldName}`) ?? field.astNode!.type)
    }
  }
  enforceEntities(schema)
}

/**
 * Entities are looked up by a field that the library adds, so that nothing is declared for it. Like any query it is not
 * for the assistant's own process; what else a viewer may read is declared on the fields of the entities.
 */
function enforceEntities(schema: GraphQLSchema): void {
  const field: GraphQLField<unknown, AccessContext, Arguments> | undefined = schema.getQueryType()?.getFields()[
    '_entities'
  ]
  if (!field) return
  const gate: Gate = (_, { viewer }) => {
    requireRole(viewer, 'viewer', null)
    requireAgent(viewer, false)
    requirePublic(viewer, false)
    requireShare(viewer, false)
  }
  field.resolve = gated(gate, resolverOf(field))
}

/** The type of each field of an object, by `Type.field`. */
function typesIn(document: DocumentNode): ReadonlyMap<string, TypeNode> {
  const types = new Map<string, TypeNode>()
  const add = (of: string) => (field: FieldDefinitionNode) => types.set(`${of}.${field.name.value}`, field.type)
  for (const node of document.definitions)
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION)
      node.fields?.forEach(add(node.name.value))
  return types
}

function enforceField(
  field: GraphQLField<unknown, AccessContext, Arguments>,
  access: FieldAccess,
  type: TypeNode,
): void {
  if (access.place) field.resolve = placeResolver(resolverOf(field) as never, access.place, type) as never
  if (access.guarded) field.resolve = guarded(resolverOf(field), rowRules[access.guarded] as RowTest)
  if (isForEverybody(access)) return
  field.resolve = gated(gateOf(access, 'field'), resolverOf(field))
}

const isForEverybody = ({ role, person, owner, othersOnly, agentOnly }: FieldAccess): boolean =>
  role === 'viewer' && person === null && owner === null && othersOnly === null && !agentOnly

const resolverOf = (field: GraphQLField<unknown, AccessContext, Arguments>): Resolve =>
  field.resolve ?? (defaultFieldResolver as Resolve)

function subscriberOf(field: GraphQLField<unknown, AccessContext, Arguments>): Resolve {
  if (!field.subscribe) throw new Error(`Subscription.${field.name} has no resolver.`)
  return field.subscribe
}

type Use = 'operation' | 'stream' | 'write' | 'field'

function gateOf(
  { role, refusal, person, owner, othersOnly, agentOnly, publicOnly, shareOnly, tokenStorage }: FieldAccess,
  use: Use,
): Gate {
  return (args, context) => {
    const { viewer } = context
    if (person !== null) requirePerson(viewer, person)
    requireRole(viewer, role, refusal)
    requireAgent(viewer, agentOnly)
    // Below an operation the types are what the public, and visitors, may see.
    if (use !== 'field') requirePublic(viewer, publicOnly === true)
    if (use !== 'field') requireShare(viewer, shareOnly === true)
    if (use === 'stream') requireStreaming(viewer)
    if (tokenStorage) requireStoring(viewer)
    else if (use === 'write') requireWriting(viewer)
    if (othersOnly !== null) requireSomebodyElse(viewer, valueAt(othersOnly, args))
    return owner === null ? undefined : requireOwner(owner, args, context)
  }
}

/** The value of an argument, or of a field of one: `input.id`. */
const valueAt = (argument: string, args: Arguments): unknown =>
  argument.split('.').reduce((of: unknown, name) => (of as Arguments | null | undefined)?.[name], args)

function requireOwner(
  { of, argument }: NonNullable<FieldAccess['owner']>,
  args: Arguments,
  { viewer, pool }: AccessContext,
): Promise<void> | void {
  const value = valueAt(argument, args)
  if (value != null && isAtLeast(viewer, 'admin') && !isForOwnerAlone(of)) return
  const refusal = refusalOf(of, viewer, value, pool)
  if (refusal instanceof Promise) return refusal.then(throwIfAny)
  throwIfAny(refusal)
}

function throwIfAny(error: Error | null): void {
  if (error) throw error
}

const gated =
  (gate: Gate, resolve: Resolve): Resolve =>
  (parent, args, context, info) => {
    const waits = gate(args, context)
    return waits ? waits.then(() => resolve(parent, args, context, info)) : resolve(parent, args, context, info)
  }

type RowTest = (privacy: Privacy, row: unknown) => boolean

const guarded =
  (resolve: Resolve, mayBeSeen: RowTest): Resolve =>
  (row, args, context, info) => {
    if (!mayBeSeen(context.privacy, row)) throw fault('FORBIDDEN', 'This is private.')
    return resolve(row, args, context, info)
  }
