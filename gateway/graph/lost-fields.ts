// What an operation loses when a subgraph does not answer: exactly the fields of that subgraph, each with an error.
import {
  collectFields,
  collectSubFields,
  getOperationASTFromRequest,
  type ExecutionRequest,
} from '@graphql-tools/utils'
import {
  getNamedType,
  GraphQLError,
  isObjectType,
  Kind,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql'

/** Errors beyond these would say nothing new. */
const MAX_ERRORS = 1_000

type Path = readonly (string | number)[]

/** Which subgraphs have each field of a supergraph's types. */
export class FieldOwners {
  readonly #schema: GraphQLSchema
  /** Names of subgraphs by their value of `join__Graph`. */
  readonly #names = new Map<string, string>()

  constructor(supergraph: GraphQLSchema) {
    this.#schema = supergraph
    const graphs = supergraph.getType('join__Graph')?.astNode
    if (graphs?.kind !== Kind.ENUM_TYPE_DEFINITION) return
    for (const value of graphs.values ?? []) {
      const name = argumentsOf(value.directives, 'join__graph')[0]?.get('name')
      if (name) this.#names.set(value.name.value, name)
    }
  }

  /** The subgraphs that answer a field. */
  of(typeName: string, fieldName: string): readonly string[] {
    const type = this.#schema.getType(typeName)
    if (!isObjectType(type)) return []
    const field = type.getFields()[fieldName]?.astNode
    const declared = argumentsOf(field?.directives, 'join__field').filter((given) => given.get('external') !== 'true')
    const places = declared.length ? declared : argumentsOf(type.astNode?.directives, 'join__type')
    return places.flatMap((given) => this.#names.get(given.get('graph') ?? '') ?? [])
  }
}

type Directives = readonly {
  name: { value: string }
  arguments?: readonly { name: { value: string }; value: unknown }[]
}[]

/** The arguments of each directive of a name, as text. */
function argumentsOf(directives: Directives | undefined, name: string): Map<string, string>[] {
  return (directives ?? [])
    .filter((directive) => directive.name.value === name)
    .map(
      (directive) =>
        new Map(
          (directive.arguments ?? []).map((one) => [one.name.value, String((one.value as { value?: unknown }).value)]),
        ),
    )
}

/**
 * The result of a plan as a client may rely on it: with data for every root field, and for each field lost with a
 * subgraph an error whose path names it. The planner names the place of a fetch, and leaves data out when nothing came.
 */
export function withLostFields(
  result: ExecutionResult,
  request: ExecutionRequest,
  api: GraphQLSchema,
  owners: FieldOwners,
): ExecutionResult {
  const { errors } = result
  if (!errors?.length) return result
  const away = new Map(errors.flatMap((error) => subgraphOf(error).map((name) => [name, error] as const)))
  if (!away.size && result.data) return result
  const { operation, selectionSet } = getOperationASTFromRequest(request)
  const root = api.getRootType(operation)
  if (!root) return result
  const walk = new Walk(request, api, owners, away)
  const { fields } = collectFields(api, walk.fragments, walk.variables, root, selectionSet)
  const data = result.data ?? Object.fromEntries([...fields].map(([key, [node]]) => [key, bareValue(node!, root)]))
  walk.object(data as Record<string, unknown>, root, fields, [])
  const others = errors.filter((error) => !subgraphOf(error).some((name) => walk.named.has(name)))
  return { ...result, data, errors: [...others.map((error) => withoutSubgraph(error)), ...walk.errors] }
}

const bareValue = (node: FieldNode, root: GraphQLObjectType) => (node.name.value === '__typename' ? root.name : null)

/** The name of the subgraph that did not answer, where an error says so. */
const subgraphOf = ({ extensions }: GraphQLError): string[] =>
  typeof extensions?.['subgraph'] === 'string' ? [extensions['subgraph']] : []

function withoutSubgraph(error: GraphQLError, path: Path | undefined = error.path): GraphQLError {
  const { subgraph: _, ...extensions } = error.extensions
  return new GraphQLError(error.message, { path: path ?? null, extensions })
}

type Fields = ReadonlyMap<string, FieldNode[]>

/** Finds the null fields of subgraphs that did not answer. */
class Walk {
  readonly errors: GraphQLError[] = []
  /** Subgraphs of which a lost field was found. */
  readonly named = new Set<string>()
  readonly fragments: Record<string, FragmentDefinitionNode>
  readonly variables: { coerced: Record<string, unknown>; sources: Record<string, never> }
  readonly #api: GraphQLSchema
  readonly #owners: FieldOwners
  readonly #away: ReadonlyMap<string, GraphQLError>

  constructor(
    request: ExecutionRequest,
    api: GraphQLSchema,
    owners: FieldOwners,
    away: ReadonlyMap<string, GraphQLError>,
  ) {
    this.variables = { coerced: request.variables ?? {}, sources: {} }
    this.#api = api
    this.#owners = owners
    this.#away = away
    this.fragments = Object.fromEntries(
      request.document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
      ),
    )
  }

  object(data: Record<string, unknown>, type: GraphQLObjectType, fields: Fields, path: Path): void {
    for (const [key, nodes] of fields) {
      const field = type.getFields()[nodes[0]!.name.value]
      if (!field || !(key in data)) continue
      const value = data[key]
      if (value === null || value === undefined) this.#lose(type.name, field.name, [...path, key])
      else if (nodes[0]!.selectionSet) this.#value(value, getNamedType(field.type), nodes, [...path, key])
    }
  }

  #value(value: unknown, type: GraphQLNamedType, nodes: FieldNode[], path: Path): void {
    if (Array.isArray(value)) return value.forEach((one: unknown, i) => this.#value(one, type, nodes, [...path, i]))
    if (typeof value !== 'object' || value === null) return
    const data = value as Record<string, unknown>
    const own = isObjectType(type) ? type : this.#api.getType(String(data['__typename']))
    if (!isObjectType(own)) return
    this.object(data, own, collectSubFields(this.#api, this.fragments, this.variables, own, nodes).fields, path)
  }

  #lose(typeName: string, fieldName: string, path: Path): void {
    const owner = this.#owners.of(typeName, fieldName).find((name) => this.#away.has(name))
    if (owner === undefined) return
    this.named.add(owner)
    if (this.errors.length < MAX_ERRORS) this.errors.push(withoutSubgraph(this.#away.get(owner)!, path))
  }
}
