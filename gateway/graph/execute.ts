import type { ExecutionRequest } from '@graphql-tools/utils'
import type { ExecutionResult } from 'graphql'

export type Results = ExecutionResult | AsyncIterable<ExecutionResult>

/** Executes an operation; null where it is none of those that it can, which then go the other way. */
export type Executes = (request: ExecutionRequest) => Results | Promise<Results> | null

/** Asks one subgraph; what it holds open is closed with the graph that it belongs to. */
export type AsksSubgraph = ((request: ExecutionRequest) => Promise<unknown>) & Partial<AsyncDisposable>
