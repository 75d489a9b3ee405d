import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Log } from '../../shared/log.ts'
import type { GraphContext } from '../context.ts'
import { checkArguments, inspectDocument, type Introspection } from '../plugins/use-arguments.ts'
import { checkCost } from '../plugins/use-cost.ts'
import { inTime } from '../plugins/use-deadline.ts'
import { checkVariables, withCodes } from '../plugins/use-errors.ts'
import { noteOperation } from '../plugins/use-log.ts'
import type { Check } from '../plugins/refusing.ts'
import type { Executes } from './execute.ts'

/** A request as it was sent. */
export interface Asked {
  query?: string | null
  operationName?: string | null
  variables?: Record<string, unknown> | null
  extensions?: Record<string, unknown> | null
}

/** Parses and validates documents. */
export interface Reader {
  schema: GraphQLSchema
  /** @throws for what is no document */
  parse(text: string): DocumentNode
  validate(schema: GraphQLSchema, document: DocumentNode): readonly unknown[]
}

interface Learned {
  document: DocumentNode
  schema: GraphQLSchema
}

const MAX_DOCUMENTS = 1_000
/** Longer documents are not cached. */
const MAX_LENGTH = 20_000

export interface FastPathOptions {
  introspection: Introspection
  operationSeconds: number
  /** The context of an operation for its viewer. */
  contextOf: (viewer: Viewer) => Pick<GraphContext, 'viewer'>
  log: Log
}

/**
 * Answers queries without the runtime's handling of requests. The runtime still parses and validates each document,
 * once. Permissions, arguments and cost are checked each time.
 */
export class FastPath {
  readonly #options: FastPathOptions
  readonly #checks: readonly Check[]
  readonly #learned = new Map<string, Learned>()
  #execute: Executes | null = null
  #readers: ((context: object) => Reader) | null = null

  constructor(options: FastPathOptions) {
    this.#options = options
    this.#checks = [checkVariables, checkArguments(options.introspection), checkCost]
  }

  /** A schema was loaded or reloaded: documents valid before may be invalid now. */
  begin(execute: Executes): void {
    this.#learned.clear()
    this.#execute = execute
  }

  /** @param readers how the runtime parses documents, with all registered plugins */
  readBy(readers: (context: object) => Reader): void {
    this.#readers = readers
  }

  /** The parsed query, if it is valid; null for anything else. May throw what a reader throws. */
  #read(text: string, operationName: string | null | undefined, context: object): Learned | null {
    const key = keyOf(text, operationName)
    const known = this.#learned.get(key)
    if (known) return known
    if (!this.#readers || text.length > MAX_LENGTH) return null
    const { parse, validate, schema } = this.#readers(context)
    const document = parse(text)
    if (validate(schema, document).length) return null
    if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return null
    const { asks, isInParts } = inspectDocument(document)
    if (asks || isInParts) return null
    if (this.#learned.size >= MAX_DOCUMENTS) this.#learned.delete(this.#learned.keys().next().value!)
    this.#learned.set(key, { document, schema })
    return { document, schema }
  }

  /**
   * The answer to a document that the viewer may send; null if it needs the runtime. May throw what readers throw.
   * @param reportCost receives the cost of the operation
   */
  async answer(asked: Asked, viewer: Viewer, reportCost?: GraphContext['reportCost']): Promise<ExecutionResult | null> {
    const { operationSeconds, contextOf, log } = this.#options
    const { query, operationName, variables } = asked
    const contextValue = reportCost ? { ...contextOf(viewer), reportCost } : contextOf(viewer)
    const read = query ? this.#read(query, operationName, contextValue) : null
    if (!read || !this.#execute) return null
    const args = { ...read, operationName, variableValues: variables, contextValue }
    if (this.#checks.some((check) => check(args))) return null
    noteOperation(log, args)
    const { document } = read
    const result = this.#execute({
      document,
      operationName: operationName ?? undefined,
      variables,
      context: contextValue,
    } as never)
    return result && withCodes((await inTime(operationSeconds, result)) as ExecutionResult)
  }
}

const keyOf = (text: string, operationName: string | null | undefined) => `${operationName ?? ''} ${text}`
