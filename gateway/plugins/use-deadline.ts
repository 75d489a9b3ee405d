import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../graph/runtime.ts'

type Executes = (args: never) => unknown

/**
 * Answers an operation that takes too long with an error in its stead, on HTTP and WebSocket alike. Of a subscription only
 * its beginning is meant. What it still asks for below ends by the database's own limit.
 */
export function useDeadline(seconds: number): GatewayPlugin<GraphContext> {
  const within = (work: Executes) => (args: never) => {
    const result = work(args)
    if (!(result instanceof Promise)) return result
    let fuse: NodeJS.Timeout | undefined
    const late = new Promise((resolve) => {
      const refusal = { errors: [fault('TOO_SLOW', `This took longer than ${seconds} seconds.`)] }
      fuse = setTimeout(() => resolve(refusal), seconds * 1000).unref()
    })
    return Promise.race([result, late]).finally(() => clearTimeout(fuse))
  }
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(within(executeFn as Executes) as typeof executeFn)
    },
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn(within(subscribeFn as Executes) as typeof subscribeFn)
    },
  }
}
