import { fault } from '../errors.ts'

export interface Page {
  first: number
  after?: string | null | undefined
}

/** A page of rows as a Relay connection. `rows` holds one more than asked for when more follow. */
export function connection<R, C extends (string | number)[]>(
  rows: readonly R[],
  { first, after }: Page,
  cursorOf: (row: R) => C,
) {
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: writeCursor(cursorOf(node)) }))
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasPreviousPage: after != null,
      hasNextPage: rows.length > first,
    },
  }
}

/** A page whose rows are counted only if the number is requested: counting reads more than the page does. */
export type CountedPage<R> = ReturnType<typeof connection<R, (string | number)[]>> & { count: () => Promise<number> }

/** The cursor of a row, by the key that its list is ordered by; `readCursor` reads it. */
export const writeCursor = (key: readonly (string | number | null)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/** The key a cursor holds; null without one. Throws for one that was never ours. */
export function readCursor(after: string | null | undefined, length: number): (string | number)[] | null {
  if (after === null || after === undefined) return null
  try {
    const key = JSON.parse(Buffer.from(after, 'base64url').toString()) as unknown
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => typeof part === 'string' || typeof part === 'number')
    )
      return key as (string | number)[]
  } catch {
    // falls through to the one refusal below
  }
  throw fault('BAD_USER_INPUT', 'This cursor is not one of this list’s. Leave `after` out for the first page.')
}

/**
 * The id that a reader of a stream received last; 0 without one. Refuses an invalid id.
 * @param of what it is the id of, as `a rare`
 */
export function readLastSeen(afterId: string | null | undefined, of: string): bigint {
  if (afterId === null || afterId === undefined) return 0n
  if (!/^\d{1,18}$/.test(afterId)) throw fault('BAD_USER_INPUT', `\`afterId\` is the id of ${of}.`)
  return BigInt(afterId)
}

/** The same as text, as streams of facts take it; null without one. */
export const readAfterId = (after: string | null | undefined, of: string): string | null =>
  after === null || after === undefined ? null : readLastSeen(after, of).toString()

/** Refuses page sizes the list does not serve. */
export function checkPage({ first }: Page, most: number): void {
  if (!Number.isInteger(first) || first < 0 || first > most)
    throw fault('BAD_USER_INPUT', `\`first\` must be 0 to ${most}.`)
}

/** Text for `ilike` that means itself. */
export const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
