import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { ExecutionResult } from 'graphql'
import type { GraphContext } from '../context.ts'
import type { Declared } from '../declared/declared.ts'
import { keyOf, rootFieldsOf } from '../declared/root-fields.ts'

/**
 * Gives the session a new name once a mutation was done with it that is declared to renew it, where the answer can
 * carry a cookie.
 */
export function useRenewal(declared: () => Declared): GatewayPlugin<GraphContext> {
  return {
    onExecute({ args, executeFn, setExecuteFn }) {
      const { renewSession } = args.contextValue as unknown as GraphContext
      if (!renewSession) return
      const { renewing } = declared()
      const fields = rootFieldsOf(args.document, args.operationName).filter(({ name }) => renewing.has(name.value))
      if (!fields.length) return
      const execute = executeFn as (args: unknown) => unknown
      setExecuteFn((async (given: unknown) => {
        const result = (await execute(given)) as ExecutionResult
        if (fields.some((field) => result.data?.[keyOf(field)])) await renewSession()
        return result
      }) as typeof executeFn)
    },
  }
}
