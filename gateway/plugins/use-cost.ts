import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../graph/runtime.ts'
import { costOf } from './cost.ts'

/** How many fields an operation may answer at most. The largest the dashboard asks for is a tenth of it. */
export const MOST_FIELDS = 250_000

/**
 * LIM1: refuses operations whose lists within lists multiply to more than is served, before anything is asked. Only now are
 * the variables known, so this is no validation rule.
 */
export function useCost(): GatewayPlugin<GraphContext> {
  const check = (args: {
    schema: GraphQLSchema
    document: DocumentNode
    operationName?: unknown
    variableValues?: unknown
  }) => {
    const operation = getOperationAST(args.document, typeof args.operationName === 'string' ? args.operationName : null)
    if (!operation) return null // the executor says what is wrong with it
    const cost = costOf(args.schema, args.document, operation, (args.variableValues ?? {}) as Record<string, unknown>)
    if (cost <= MOST_FIELDS) return null
    const message = `This would answer up to ${Math.round(cost).toLocaleString('en')} fields; at most ${MOST_FIELDS.toLocaleString('en')} are served at once.`
    return { errors: [fault('TOO_COSTLY', message)] }
  }
  return {
    onExecute({ args, setResultAndStopExecution }) {
      const refused = check(args as never)
      if (refused) setResultAndStopExecution(refused)
    },
    onSubscribe({ args, setResultAndStopExecution }) {
      const refused = check(args as never)
      if (refused) setResultAndStopExecution(refused)
    },
  }
}
