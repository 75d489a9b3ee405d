import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, Kind, type DocumentNode, type ExecutionResult } from 'graphql'
import type { GraphContext } from '../context.ts'

/** Whoever changes a password keeps the session, under a new name: who had read the old one is out. */
const CHANGES = new Set(['setPassword', 'setUserPassword'])

/** Names the session anew once a password was changed with it, where the answer can carry a cookie. */
export function useRenewal(): GatewayPlugin<GraphContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { renewSession } = args.contextValue as unknown as GraphContext
      const keys = renewSession ? keysOf(args.document, args.operationName) : []
      if (!keys.length) return
      const execute = executeFn as (args: unknown) => unknown
      setExecuteFn((async (given: unknown) => {
        const result = (await execute(given)) as ExecutionResult
        if (keys.some((key) => result.data?.[key])) await renewSession!()
        return result
      }) as typeof executeFn)
    },
  }
}

function keysOf(document: DocumentNode, operationName: string | null | undefined): string[] {
  const operation = getOperationAST(document, operationName)
  return (operation?.selectionSet.selections ?? []).flatMap((node) =>
    node.kind === Kind.FIELD && CHANGES.has(node.name.value) ? [node.alias?.value ?? node.name.value] : [],
  )
}
