import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { fault } from '../../shared/errors.ts'
import type { GraphContext } from '../context.ts'

type Executes = (args: never) => unknown

/** The answer, or an error if the time limit is reached first. */
export function inTime<R>(seconds: number, result: R): R | Promise<Awaited<R>> {
  if (!(result instanceof Promise)) return result
  let fuse: NodeJS.Timeout | undefined
  const late = new Promise((resolve) => {
    fuse = setTimeout(
      () => resolve({ errors: [fault('TOO_SLOW', `This took longer than ${seconds} seconds.`)] }),
      seconds * 1000,
    ).unref()
  })
  return Promise.race([result, late]).finally(() => clearTimeout(fuse)) as Promise<Awaited<R>>
}

/**
 * Answers an operation that takes too long with an error instead, on HTTP and WebSocket alike. Of a subscription
 * only its beginning is meant. What it still asks for below ends by the database's own limit.
 */
export function useDeadline(seconds: number): GatewayPlugin<GraphContext> {
  const within = (work: Executes) => (args: never) => inTime(seconds, work(args))
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(within(executeFn as Executes) as typeof executeFn)
    },
    onSubscribe({ subscribeFn, setSubscribeFn }) {
      setSubscribeFn(within(subscribeFn as Executes) as typeof subscribeFn)
    },
  }
}
