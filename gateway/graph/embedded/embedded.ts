import { getOperationASTFromRequest, type ExecutionRequest } from '@graphql-tools/utils'
import { execute, OperationTypeNode, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql'
import { fault } from '../../../shared/errors.ts'
import type { Log } from '../../../shared/log.ts'
import { compiled } from '../../../shared/serve/compiled.ts'
import { maskResult } from '../../../shared/serve/mask.ts'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { look } from '../../plugins/use-arguments.ts'
import type { GraphContext } from '../runtime.ts'
import type { Executes } from '../short-way.ts'
import { embeddedSchema, type EmbeddedContext } from './schema.ts'

type Answer = ExecutionResult | Promise<ExecutionResult>
/**
 * Answers queries by the resolvers of subgraphs in this process. Mutations and subscriptions, what the schema says of itself,
 * and answers in parts are left to the planner.
 */
export function embedded(api: GraphQLSchema, subgraphs: readonly Subgraph[], log: Log): Executes {
  const schema = embeddedSchema(api, subgraphs)
  const seen = new WeakSet<DocumentNode>()

  /** Who asks again will ask more often: from the second time on it is worth compiling. */
  function run({ document, operationName, variables }: ExecutionRequest, contextValue: EmbeddedContext): Answer {
    const args = { schema, document, operationName, variableValues: variables as Record<string, unknown> | undefined }
    if (seen.has(document)) return compiled(args)(undefined, contextValue)
    seen.add(document)
    return execute({ ...args, contextValue }) as Answer
  }

  return (request) => {
    if (getOperationASTFromRequest(request).operation !== OperationTypeNode.QUERY) return null
    const { asks, isInParts } = look(request.document)
    if (asks || isInParts) return null
    const { viewer, part = 'whole' } = (request.context ?? {}) as Partial<GraphContext>
    if (!viewer) return { errors: [fault('UNAUTHENTICATED')] }
    const contexts: (object | undefined)[] = []
    const of = (at: number) => (contexts[at] ??= subgraphs[at]!.contextFor(viewer, part))
    const result = run(request, { of })
    return result instanceof Promise ? result.then((done) => maskResult(done, log)) : maskResult(result, log)
  }
}
