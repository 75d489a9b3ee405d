import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { ExecutionResult } from 'graphql'
import type { GraphCaller, Variables } from '../../shared/serve/graph-access.ts'

/** Something the graph, or we, refuse; `code` is of shared/errors.ts where it is known there. */
export class Refusal extends Error {
  readonly code: string
  /** After how many seconds it may be tried again; null where that is not known. */
  readonly retryAfter: number | null

  constructor(code: string, message?: string, retryAfter: number | null = null) {
    super(message ?? '')
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** Variables may be left out where a document needs none. */
type Given<V> = Record<string, never> extends V ? [variables?: V] : [variables: V]

/**
 * Asks the graph as one caller. Throws a Refusal when nothing could be answered; what is missing for an outage is
 * null.
 */
export type Ask = <T, V extends Variables>(document: TypedDocumentNode<T, V>, ...variables: Given<V>) => Promise<T>

/**
 * Subscribes as one caller, from what is now: what each event answers. Throws a Refusal as Ask does; returning ends
 * it.
 */
export type Follow = <T, V extends Variables>(
  document: TypedDocumentNode<T, V>,
  ...variables: Given<V>
) => Promise<AsyncIterableIterator<T>>

export const askerFor = (caller: GraphCaller): Ask => {
  const ask = async (document: TypedDocumentNode<unknown>, variables?: Variables) =>
    answered(await caller.execute(document, variables))
  return ask as Ask
}

export const followerFor = (caller: GraphCaller): Follow => {
  const follow = async (document: TypedDocumentNode<unknown>, variables: Variables = {}) => {
    const result = await caller.subscribe(document, variables, 'whole')
    if (!(Symbol.asyncIterator in result)) return answered<never>(result)
    return answersOf(result[Symbol.asyncIterator]())
  }
  return follow as Follow
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

/** The data of a result. Throws a Refusal when there is none beside an error, or a root field is missing for one. */
function answered<T>({ data, errors }: ExecutionResult): T {
  const lost = errors?.find(({ path }) => path?.length && data?.[path[0]!] === null)
  const [error] = lost ? [lost] : (errors ?? [])
  if (error && (lost || !data || Object.values(data).every((value) => value === null))) {
    const code = error.extensions?.['code']
    const retryAfter = error.extensions?.['retryAfter']
    throw new Refusal(
      typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
      error.message,
      typeof retryAfter === 'number' ? retryAfter : null,
    )
  }
  return data as T
}

/** The answer, or null where what was named does not exist. */
export const unlessUnknown = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return null
    throw error
  })

/** What a document answers of the character of exactly this name, as the original compared names; null for none. */
export async function characterNamed<C extends { name: string }, V extends Variables & { name: string }>(
  ask: Ask,
  document: TypedDocumentNode<{ character?: C | null }, V>,
  variables: V,
): Promise<C | null> {
  const answer = await unlessUnknown(
    (ask as (document: object, variables: V) => Promise<{ character?: C | null }>)(document, variables),
  )
  return answer?.character?.name === variables.name ? answer.character : null
}

interface PageOf<N> {
  nodes: N[]
  pageInfo: { endCursor: string | null; hasNextPage: boolean }
}

/** Rows of a list page by page, at most `max` of them. `page` asks for the page after a cursor. */
export async function allPages<N>(max: number, page: (after: string | null) => Promise<PageOf<N>>): Promise<N[]> {
  const rows: N[] = []
  let after: string | null = null
  for (;;) {
    const { nodes, pageInfo }: PageOf<N> = await page(after)
    rows.push(...nodes)
    if (rows.length >= max) return rows.slice(0, max)
    if (!pageInfo.hasNextPage || pageInfo.endCursor === null) return rows
    after = pageInfo.endCursor
  }
}
