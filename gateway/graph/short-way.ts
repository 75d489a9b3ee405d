import type { ExecutionRequest } from '@graphql-tools/utils'
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { GatewayPlugin } from '@graphql-hive/gateway-runtime'
import type { Documents } from '../documents/documents.ts'
import { judgeArguments, look, type Introspection } from '../plugins/use-arguments.ts'
import { judgeCost } from '../plugins/use-cost.ts'
import { inTime } from '../plugins/use-deadline.ts'
import { judgeVariables, withCodes } from '../plugins/use-errors.ts'
import { tellOperation } from '../plugins/use-log.ts'
import type { Judge } from '../plugins/refusing.ts'
import type { GraphContext } from './runtime.ts'

/** A request as it stands in the body. */
export interface Asked {
  query?: string | null
  operationName?: string | null
  variables?: Record<string, unknown> | null
  extensions?: Record<string, unknown> | null
}

/** Executes a query; null where it is none of those that can be, which then go the other way. */
export type Executes = (request: ExecutionRequest) => ExecutionResult | Promise<ExecutionResult> | null

interface Learned {
  document: DocumentNode
  schema: GraphQLSchema
}

const MOST = 1_000
/** Longer documents are not worth remembering. */
const LONGEST = 20_000

export interface ShortWayOptions {
  documents: Documents
  introspection: Introspection
  operationSeconds: number
  /** What an operation needs to know of its viewer. */
  contextOf: (viewer: Viewer) => Pick<GraphContext, 'viewer'>
  log: Log
}

/**
 * Answers queries that were found right before. Everybody's first goes the runtime's way, and is learned there: so what is right is
 * said in one place. Rights, arguments and cost are looked at each time.
 */
export class ShortWay {
  readonly #options: ShortWayOptions
  readonly #judges: readonly Judge[]
  readonly #learned = new Map<string, Learned>()
  #execute: Executes | null = null

  constructor(options: ShortWayOptions) {
    this.#options = options
    this.#judges = [judgeVariables, judgeArguments(options.introspection), judgeCost]
  }

  /** A schema was read, maybe anew: what fitted the one before may not fit it. */
  begin(execute: Executes): void {
    this.#learned.clear()
    this.#execute = execute
  }

  /** Learns what the runtime found right. */
  plugin(): GatewayPlugin<GraphContext> {
    return {
      onExecute: ({ args: { document, schema, operationName, contextValue } }) => {
        const { params } = contextValue as { params?: Asked }
        if (!this.#execute || !params?.query || params.query.length > LONGEST) return
        if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return
        const { asks, isInParts } = look(document)
        if (asks || isInParts) return
        const key = keyOf(params.query, operationName)
        if (this.#learned.get(key)?.schema === schema) return
        if (this.#learned.size >= MOST) this.#learned.delete(this.#learned.keys().next().value!)
        this.#learned.set(key, { document, schema })
      },
    }
  }

  /** The answer; null for whatever is not quite ordinary. May throw what `Documents.textOf` throws. */
  async answer(asked: Asked, viewer: Viewer): Promise<ExecutionResult | null> {
    const { documents, operationSeconds, contextOf, log } = this.#options
    const { operationName, variables } = asked
    const text = documents.textOf(asked, viewer)
    const learned = text === undefined ? undefined : this.#learned.get(keyOf(text, operationName))
    if (!learned || !this.#execute) return null
    const contextValue = contextOf(viewer)
    const args = { ...learned, operationName, variableValues: variables, contextValue }
    if (this.#judges.some((judge) => judge(args))) return null
    tellOperation(log, args)
    const { document } = learned
    const result = this.#execute({ document, operationName: operationName ?? undefined, variables, context: contextValue } as never) // prettier-ignore
    return result && withCodes(await inTime(operationSeconds, result))
  }
}

const keyOf = (text: string, operationName: string | null | undefined) => `${operationName ?? ''} ${text}`
