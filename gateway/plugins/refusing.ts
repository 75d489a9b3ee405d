import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { ExecutionArgs, GraphQLError } from 'graphql'
import type { GraphContext } from '../context.ts'

type Plugin = GatewayPlugin<GraphContext>
/** The hooks that every way to the graph passes before anything of an operation runs. */
type Hooks = { [Hook in 'onExecute' | 'onSubscribe']: NonNullable<Plugin[Hook]> }

/** What is wrong with an operation; null where nothing is. */
export type Check = (args: ExecutionArgs) => readonly GraphQLError[] | null

/** Refuses an operation with what `judge` says is wrong with it, on HTTP and WebSocket alike. */
export function refusing(check: Check): Hooks {
  const refuse: Hooks['onExecute'] & Hooks['onSubscribe'] = ({ args, setResultAndStopExecution }) => {
    const errors = check(args as ExecutionArgs)
    if (errors) setResultAndStopExecution({ errors } as never)
  }
  return { onExecute: refuse, onSubscribe: refuse }
}
