import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { Log } from '../../shared/log.ts'
import type { GraphContext } from '../graph/runtime.ts'

/** Tells at debug who ran which operation. Operation names begin with their holder, so the log says who asks. */
export function useLog(log: Log): GatewayPlugin<GraphContext> {
  return {
    onExecute({ args }) {
      log.debug({ operation: args.operationName, viewer: args.contextValue.viewer?.name }, 'query')
    },
    onSubscribe({ args }) {
      log.debug({ operation: args.operationName, viewer: args.contextValue.viewer?.name }, 'subscription')
    },
  }
}
