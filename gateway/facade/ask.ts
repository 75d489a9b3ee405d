import type { ExecutionResult } from 'graphql'
import { signViewer } from '../../shared/auth/signed-viewer.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { getGraphQLWSOptions, type GatewayRuntime } from '@graphql-hive/gateway-runtime'
import type { GraphContext } from '../context.ts'

/** Something the graph, or we, refuse; `code` is of shared/errors.ts where it is known there. */
export class Refusal extends Error {
  readonly code: string

  constructor(code: string, message?: string) {
    super(message ?? '')
    this.code = code
  }
}

/** Asks the graph as one viewer. Throws a Refusal when nothing could be answered; what is missing for an outage is null. */
export type Ask = <T>(document: string, variables?: Readonly<Record<string, unknown>>) => Promise<T>

/** Follows a subscription as one viewer: what each event answers. Throws a Refusal as Ask does; who stops reading ends it. */
export type Follow = <T>(
  document: string,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<AsyncIterableIterator<T>>

/** Executes operations in the graph just as its own doors do: same limits, same rights. */
export interface Executes {
  asker(viewer: Viewer): Ask
  /** For streams of this viewer alone, from what is now to their end. */
  follower(viewer: Viewer): Follow
  /** The events of a subscription, from now on. */
  follow(viewer: Viewer, document: string): Promise<AsyncIterable<ExecutionResult>>
}

type Execute = (args: { contextValue: object }) => Promise<ExecutionResult | AsyncIterable<ExecutionResult>>

/** @param key signs what goes to the subgraphs */
export function executor(runtime: GatewayRuntime<GraphContext>, key: string): Executes {
  const { execute } = getGraphQLWSOptions(runtime as never, () => ({})) as unknown as { execute: Execute }
  const run = (viewer: Viewer, query: string, variables: object, extra: Partial<GraphContext> = {}) =>
    execute({
      contextValue: {
        ...extra,
        params: { query, variables },
        isDocumentKnown: true,
        viewer,
        signedViewer: signViewer(key, viewer, Date.now()),
      },
    })
  return {
    asker: (viewer) => async (document, variables) => {
      const result = await run(viewer, document, variables ?? {})
      if (Symbol.asyncIterator in result) throw new Error('A facade asked for a stream')
      return answered(result)
    },
    follower: (viewer) => async (document, variables) => {
      const result = await run(viewer, document, variables ?? {}, { phase: 'whole' })
      if (!(Symbol.asyncIterator in result)) return answered<never>(result)
      return answersOf(result[Symbol.asyncIterator]())
    },
    async follow(viewer, document) {
      const result = await run(viewer, document, {}, { phase: 'changes' })
      if (!(Symbol.asyncIterator in result)) return answered<never>(result)
      return result
    },
  }
}

function answersOf<T>(events: AsyncIterator<ExecutionResult>): AsyncIterableIterator<T> {
  return {
    async next() {
      const step = await events.next()
      return step.done ? { value: undefined, done: true } : { value: answered<T>(step.value), done: false }
    },
    async return() {
      await events.return?.()
      return { value: undefined, done: true }
    },
    [Symbol.asyncIterator]() {
      return this
    },
  }
}

function answered<T>({ data, errors }: ExecutionResult): T {
  const [error] = errors ?? []
  if (error && (!data || Object.values(data).every((value) => value === null))) {
    const code = error.extensions?.['code']
    throw new Refusal(typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR', error.message)
  }
  return data as T
}

interface PageOf<N> {
  nodes: N[]
  pageInfo: { endCursor: string | null; hasNextPage: boolean }
}

/** Rows of a list page by page, at most `most` of them. `page` asks for the page after a cursor. */
export async function allPages<N>(most: number, page: (after: string | null) => Promise<PageOf<N>>): Promise<N[]> {
  const rows: N[] = []
  let after: string | null = null
  for (;;) {
    const { nodes, pageInfo }: PageOf<N> = await page(after)
    rows.push(...nodes)
    if (rows.length >= most) return rows.slice(0, most)
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return rows
    after = pageInfo.endCursor
  }
}
