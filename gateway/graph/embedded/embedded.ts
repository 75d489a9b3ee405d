import { getOperationASTFromRequest, type ExecutionRequest } from '@graphql-tools/utils'
import {
  execute,
  OperationTypeNode,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { fault } from '../../../shared/errors.ts'
import type { Log } from '../../../shared/log.ts'
import { compiled } from '../../../shared/serve/compiled.ts'
import { versionedEvents } from '../../../shared/serve/events.ts'
import { maskResult } from '../../../shared/serve/mask.ts'
import { readBudgets, type ReadBudget } from '../../../shared/read-budget.ts'
import type { Subgraph } from '../../../shared/serve/subgraph.ts'
import { inspectDocument } from '../../plugins/use-arguments.ts'
import { takeRowVersions } from '../fan-out/row-versions.ts'
import type { GraphContext } from '../../context.ts'
import type { Executes } from '../execute.ts'
import { embeddedSchema, type EmbeddedContext } from './schema.ts'

type Answer = ExecutionResult | Promise<ExecutionResult>

/**
 * Answers queries and subscriptions by the resolvers of subgraphs in this process. Mutations, what the schema says of
 * itself, answers in parts, and documents that ask for anything that needs more than one subgraph at a time are left
 * to the planner.
 */
export function embedded(api: GraphQLSchema, subgraphs: readonly Subgraph[], log: Log): Executes {
  const { schema, planned } = embeddedSchema(api, subgraphs)
  const seen = new WeakSet<DocumentNode>()

  /** Who asks again will ask more often: from the second time on it is worth compiling. */
  function run({ document, operationName, variables }: ExecutionRequest, contextValue: EmbeddedContext): Answer {
    const args = { schema, document, operationName, variableValues: variables as Record<string, unknown> | undefined }
    if (seen.has(document)) return compiled(args)(undefined, contextValue)
    seen.add(document)
    return execute({ ...args, contextValue }) as Answer
  }

  /** A stream: by the one subgraph that knows all of it if there is one, which is spared the joining. */
  async function follow(
    { document, operationName, variables, context }: ExecutionRequest,
    contextFor: (budget?: ReadBudget) => EmbeddedContext,
  ) {
    const { viewer, phase = 'whole', versionSink } = context as GraphContext
    const home = subgraphs.find((subgraph) => knowsAllOf(subgraph.schema, document))
    const own = home ? (budget?: ReadBudget) => home.contextFor(viewer, phase, budget) : contextFor
    const budgetOf = () => readBudgets.of(viewer)
    const args = {
      schema: home?.schema ?? schema,
      document,
      operationName,
      variableValues: variables as Record<string, unknown> | undefined,
    }
    return takeRowVersions(
      await versionedEvents({ ...args, contextValue: own() }, { contextFor: own, budgetOf, phase, log }),
      document,
      versionSink,
    )
  }

  function answer(viewer: Viewer, execution: (budget: ReadBudget) => Answer): Answer {
    const budget = readBudgets.of(viewer)
    const result = execution(budget)
    if (result instanceof Promise)
      return result.then((done) => maskResult(done, log)).finally(() => budget[Symbol.dispose]())
    budget[Symbol.dispose]()
    return maskResult(result, log)
  }

  return (request) => {
    const { operation } = getOperationASTFromRequest(request)
    const { asks, isInParts } = inspectDocument(request.document)
    if (operation === OperationTypeNode.MUTATION || asks || isInParts) return null
    if (planned.has(schema, request.document)) return null
    const { viewer, phase = 'whole' } = (request.context ?? {}) as Partial<GraphContext>
    if (!viewer) return { errors: [fault('UNAUTHENTICATED')] }
    const contextFor = (budget?: ReadBudget): EmbeddedContext => {
      const contexts: (object | undefined)[] = []
      return { of: (at) => (contexts[at] ??= subgraphs[at]!.contextFor(viewer, phase, budget)) }
    }
    if (operation === OperationTypeNode.SUBSCRIPTION) return follow(request, contextFor)
    return answer(viewer, (budget) => run(request, contextFor(budget)))
  }
}

/** Whether a subscription fits a schema. One without any subscriptions finds no fault in it either. */
const knowsAllOf = (schema: GraphQLSchema, document: DocumentNode): boolean =>
  Boolean(schema.getSubscriptionType()) && !validate(schema, document, undefined, { maxErrors: 1 }).length
