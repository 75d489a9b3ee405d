import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, type ExecutionArgs } from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { GraphContext } from '../context.ts'

/**
 * Logs at debug level who ran which operation. Operation names begin with their client, so the log shows the source.
 */
export function useLog(log: Log): GatewayPlugin<GraphContext> {
  const logArgs = (args: ExecutionArgs) => logOperation(log, args)
  return {
    onExecute: ({ args }) => logArgs(args as ExecutionArgs),
    onSubscribe: ({ args }) => logArgs(args as ExecutionArgs),
  }
}

/** Logs one operation. */
export function logOperation(log: Log, { document, operationName, contextValue }: ExecutionArgs): void {
  if (!log.isLevelEnabled('debug')) return
  const operation = getOperationAST(document, operationName)
  const { viewer } = contextValue as { viewer?: Viewer }
  const kind: string = operation?.operation ?? 'operation'
  log.debug({ operation: operation?.name?.value, viewer: viewer?.name }, kind)
}
