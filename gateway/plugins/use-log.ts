import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import { getOperationAST, type ExecutionArgs } from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { GraphContext } from '../context.ts'
import { countOperation } from './operation-counters.ts'

/**
 * Counts operations, and logs at debug level who ran which. Operation names begin with their client, so the log shows
 * the source.
 */
export function useLog(log: Log): GatewayPlugin<GraphContext> {
  const logArgs = (args: ExecutionArgs) => noteOperation(log, args)
  return {
    onExecute: ({ args }) => logArgs(args as ExecutionArgs),
    onSubscribe: ({ args }) => logArgs(args as ExecutionArgs),
  }
}

/** Counts one operation and logs it. */
export function noteOperation(log: Log, { document, operationName, contextValue }: ExecutionArgs): void {
  const operation = getOperationAST(document, operationName)
  if (operation) countOperation(operation.operation)
  if (!log.isLevelEnabled('debug')) return
  const { viewer } = contextValue as { viewer?: Viewer }
  const kind: string = operation?.operation ?? 'operation'
  log.debug({ operation: operation?.name?.value, viewer: viewer?.name }, kind)
}
