// The schema of the graph as one caller may use it.
import { filterSchema, pruneSchema } from '@graphql-tools/utils'
import { buildClientSchema, getIntrospectionQuery, type GraphQLSchema, type IntrospectionQuery } from 'graphql'
import { restrictedFields } from '../../graph/generated/restricted-fields.ts'
import type { TextAnswer } from '../../graph/client.ts'
import { GraphFault } from '../../graph/fault.ts'
import type { ToolGraph } from '../tool-graph.ts'

/** A gateway of another build may have another schema. */
const KEPT_MS = 5 * 60_000
const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN']
/** Asked before each use: whether the caller may read the schema at all, and who it is. */
const READER = 'query McpSchemaReader { __schema { queryType { name } } me { role isToken } }'

interface Reader {
  role: string
  isToken: boolean
}

/** By kind of caller. */
let kept: { until: number; whole: Promise<GraphQLSchema>; byReader: Map<string, GraphQLSchema> } | null = null

/**
 * The schema with the queries and fields that the caller's role may use: no mutations, no subscriptions.
 * @throws GraphFault where the caller may not introspect
 */
export async function visibleSchema(graph: ToolGraph, signal: AbortSignal): Promise<GraphQLSchema> {
  const { me } = dataOf(await graph.askText(READER, {}, signal)) as { me: Reader | null }
  if (!me) throw new GraphFault('No answer.', 'NOT_READY', null)
  if (!kept || kept.until < performance.now()) {
    const whole = graph
      .askText(getIntrospectionQuery(), {}, signal)
      .then((answer) => buildClientSchema(dataOf(answer) as unknown as IntrospectionQuery))
    kept = { until: performance.now() + KEPT_MS, whole, byReader: new Map() }
    whole.catch(() => (kept = null)) // asked again by the next one
  }
  const { whole, byReader } = kept
  const name = `${me.role} ${me.isToken}`
  const schema = byReader.get(name) ?? withoutHidden(await whole, me)
  byReader.set(name, schema)
  return schema
}

function withoutHidden(schema: GraphQLSchema, { role, isToken }: Reader): GraphQLSchema {
  const isVisible = (type: string, field: string) => {
    const needed = restrictedFields[`${type}.${field}`]
    if (!needed) return true
    if (needed.noPeople || (needed.noTokens && isToken)) return false
    return ROLES.indexOf(needed.role) <= ROLES.indexOf(role)
  }
  return pruneSchema(
    filterSchema({
      schema,
      rootFieldFilter: (operation, field) => operation === 'Query' && isVisible('Query', field),
      objectFieldFilter: isVisible,
    }),
  )
}

/** The data of an answer. @throws GraphFault with its first error */
export function dataOf({ data, errors }: TextAnswer): Record<string, unknown> {
  if (data && !errors?.length) return data
  const [first] = errors ?? []
  throw new GraphFault(first?.message ?? 'The graph answered without data.', 'BAD_USER_INPUT', null)
}
