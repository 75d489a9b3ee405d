/** A Relay connection, as tests ask for it. */
interface Connection<N> {
  totalCount: number
  edges: { cursor: string; node: N }[]
  pageInfo: { startCursor: string | null; endCursor: string | null; hasPreviousPage: boolean; hasNextPage: boolean }
}

/** What is asked of a connection beside its nodes. */
export const PAGE = 'totalCount pageInfo { startCursor endCursor hasPreviousPage hasNextPage }'

/**
 * All rows of a list, read page by page. Refuses pages that contradict themselves or each other.
 * @param page asks for the page after a cursor
 */
export async function everyPage<N>(page: (after: string | null) => Promise<Connection<N>>): Promise<N[]> {
  const rows: N[] = []
  for (let after: string | null = null; ;) {
    const { edges, pageInfo, totalCount }: Connection<N> = await page(after)
    rows.push(...edges.map(({ node }) => node))
    const { startCursor, endCursor, hasPreviousPage, hasNextPage } = pageInfo
    if (startCursor !== (edges[0]?.cursor ?? null) || endCursor !== (edges.at(-1)?.cursor ?? null))
      throw new Error('The cursors of a page are not those of its rows.')
    if (hasPreviousPage !== (after !== null) || hasNextPage !== rows.length < totalCount)
      throw new Error('A page says wrongly whether others precede or follow it.')
    if (!hasNextPage) return rows
    after = endCursor
  }
}
