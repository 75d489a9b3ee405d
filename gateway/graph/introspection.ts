import { collectFields, getOperationASTFromRequest, type ExecutionRequest } from '@graphql-tools/utils'
import {
  execute,
  getVariableValues,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql'
import { inspectDocument } from '../plugins/use-arguments.ts'
import type { Executes, Results } from './execute.ts'

type Fields = [key: string, nodes: FieldNode[]][]

/**
 * Answers queries that introspect the schema, which may ask for data beside it: the planner's runtime answers a
 * document with both kinds of fields with one of them. Null for any other operation.
 * @param rest executes the fields of data
 */
export function introspecting(schema: GraphQLSchema, rest: (request: ExecutionRequest) => ReturnType<Executes>) {
  return (request: ExecutionRequest): Promise<ExecutionResult> | null => {
    const { document } = request
    if (!inspectDocument(document).asks) return null
    const operation = getOperationASTFromRequest(request)
    if (operation.operation !== OperationTypeNode.QUERY) return null
    return answer(schema, request, operation, rest)
  }
}

async function answer(
  schema: GraphQLSchema,
  request: ExecutionRequest,
  operation: OperationDefinitionNode,
  rest: (request: ExecutionRequest) => ReturnType<Executes>,
): Promise<ExecutionResult> {
  const { document } = request
  const variables = request.variables as Record<string, unknown> | undefined
  const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables ?? {})
  if (errors) return { errors }
  const fields = rootFields(schema, document, operation, coerced)
  const isMeta = ([, [node]]: Fields[number]) => node!.name.value.startsWith('__')
  const meta = fields.filter(isMeta)
  const data = fields.filter((field) => !isMeta(field))
  const about = await execute({
    schema,
    document: withFields(document, operation, meta),
    variableValues: variables,
    operationName: operation.name?.value,
  })
  if (!data.length) return about
  const found = await rest({ ...request, document: withFields(document, operation, data) })
  return joined(about, found, fields)
}

/** The fields of the operation itself, in their order, without those that are skipped. */
function rootFields(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  { selectionSet }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Fields {
  const fragments: Record<string, FragmentDefinitionNode> = {}
  for (const node of definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node
  const values = { coerced: variables, sources: {} }
  const { fields, patches } = collectFields(schema, fragments, values, schema.getQueryType()!, selectionSet)
  // What was deferred is sent with the rest, as a server may.
  for (const patch of patches)
    for (const [key, nodes] of patch.fields) fields.set(key, [...(fields.get(key) ?? []), ...nodes])
  return [...fields]
}

/** The document with these fields only. The operation's other ones are left out, as is what names other operations. */
function withFields({ definitions }: DocumentNode, operation: OperationDefinitionNode, fields: Fields): DocumentNode {
  const selections = fields.flatMap(([, nodes]) => nodes)
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION),
    ],
  }
}

/** Both answers as one, its fields in the order they were asked for. */
function joined(about: ExecutionResult, found: Results | null, fields: Fields): ExecutionResult {
  if (!found || Symbol.asyncIterator in found) throw new Error('A query was answered by a stream.')
  const errors = [...(about.errors ?? []), ...(found.errors ?? [])]
  const { extensions } = found
  const all: Record<string, unknown> = { ...about.data, ...found.data }
  // A field that may not be null takes the whole answer with it.
  const data = found.data && about.data ? Object.fromEntries(fields.map(([key]) => [key, all[key]])) : null
  return { data, ...(errors.length && { errors }), ...(extensions && { extensions }) }
}
