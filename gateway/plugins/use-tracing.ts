import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, type DocumentNode } from 'graphql'
import { inSpan, isTracing } from '../../shared/trace/spans.ts'
import type { GraphContext } from '../context.ts'

type Executes = (args: never) => unknown
interface Operation {
  document: DocumentNode
  operationName?: string | null
}

/** Makes each operation a step of its request's trace, by its name; of a subscription, its beginning. */
export function useTracing(): GatewayPlugin<GraphContext> {
  const traced =
    (work: Executes, { document, operationName }: Operation) =>
    (args: never) => {
      const operation = getOperationAST(document, operationName)
      const name = operation?.name?.value ?? 'nameless'
      const kind = operation?.operation ?? 'query'
      const attributes = { 'graphql.operation.name': name, 'graphql.operation.type': kind }
      return inSpan(`${kind} ${name}`, { attributes }, () => work(args))
    }
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      if (isTracing()) setExecuteFn(traced(executeFn as Executes, args as Operation) as typeof executeFn)
    },
    onSubscribe({ args, subscribeFn, setSubscribeFn }) {
      if (isTracing()) setSubscribeFn(traced(subscribeFn as Executes, args as Operation) as typeof subscribeFn)
    },
  }
}
