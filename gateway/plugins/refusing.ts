import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { ExecutionArgs, GraphQLError } from 'graphql'
import type { GraphContext } from '../context.ts'

type Plugin = GatewayPlugin<GraphContext>
/** The hooks that run before every operation, on every transport. */
type Hooks = { [Hook in 'onExecute' | 'onSubscribe']: NonNullable<Plugin[Hook]> }

/** Checks an operation: its errors, or null. */
export type Check = (args: ExecutionArgs) => readonly GraphQLError[] | null

/** Refuses an operation with the errors that `check` returns, on HTTP and WebSocket alike. */
export function refusing(check: Check): Hooks {
  const refuse: Hooks['onExecute'] & Hooks['onSubscribe'] = ({ args, setResultAndStopExecution }) => {
    const errors = check(args as ExecutionArgs)
    if (errors) setResultAndStopExecution({ errors } as never)
  }
  return { onExecute: refuse, onSubscribe: refuse }
}
