import type { GraphQLObjectType, GraphQLResolveInfo } from 'graphql'

/** What the graph asks a subgraph for by its key; what is given stands for the object in that subgraph. */
type ByReference = (reference: Record<string, unknown>, context: object, info: GraphQLResolveInfo) => unknown

/** One subgraph's part in a type that several subgraphs have fields of. */
export interface EntityPart {
  /** The fields that say which one is meant. */
  key: readonly string[]
  byReference: ByReference
}

/**
 * An object of a type that several subgraphs have fields of: it remembers which one gave it, and what it is in the
 * others.
 */
export class Entity {
  readonly home: number
  readonly value: Record<string, unknown>
  #elsewhere: Map<number, unknown> | null = null

  constructor(home: number, value: Record<string, unknown>) {
    this.home = home
    this.value = value
  }

  /** What it is in another subgraph, asked once; may be a promise, and null where that one knows none. */
  in(subgraph: number, type: string, part: EntityPart, context: object, info: GraphQLResolveInfo): unknown {
    if (subgraph === this.home) return this.value
    this.#elsewhere ??= new Map()
    if (this.#elsewhere.has(subgraph)) return this.#elsewhere.get(subgraph)
    const reference: Record<string, unknown> = { __typename: type }
    for (const field of part.key) reference[field] = this.value[field]
    const found = part.byReference(reference, context, info)
    this.#elsewhere.set(subgraph, found)
    return found
  }
}

/** Whatever a subgraph gave where such objects belong: each one put into an Entity. */
export function held(given: unknown, home: number): unknown {
  if (given === null || given === undefined || given instanceof Error) return given
  if (given instanceof Promise) return given.then((value: unknown) => held(value, home))
  if (Array.isArray(given)) return given.map((one: unknown) => held(one, home))
  return new Entity(home, given as Record<string, unknown>)
}

/**
 * A subgraph's part in a type; null where it is no entity there, and `planned` where its key is more than one set of
 * plain fields, which only the planner can join.
 */
export function partOf(type: GraphQLObjectType): EntityPart | null | 'planned' {
  const nodes = [type.astNode, ...type.extensionASTNodes].flatMap((node) => node?.directives ?? [])
  const [key, ...others] = nodes.filter(({ name }) => name.value === 'key')
  if (!key) return null
  const given = (name: string) => key.arguments?.find((argument) => argument.name.value === name)?.value
  const fields = given('fields')
  const resolvable = given('resolvable')
  const names = fields?.kind === 'StringValue' ? fields.value.trim().split(/\s+/) : []
  const isPlain = names.every((name) => type.getFields()[name] && !type.getFields()[name]!.resolve)
  const isResolvable = resolvable?.kind !== 'BooleanValue' || resolvable.value
  if (others.length || !names.length || !isPlain || !isResolvable) return 'planned'
  const { subgraph } = (type.extensions['apollo'] ?? {}) as { subgraph?: { resolveReference?: ByReference } }
  return { key: names, byReference: subgraph?.resolveReference ?? ((reference) => reference) }
}
