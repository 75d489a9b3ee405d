import type { TestOverlord } from '../../shared/testing/start-overlord.ts'

interface Page<T> {
  nodes: T[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/**
 * Every row of a list, page by page, in the order answered. `field` is the list with its arguments but for the paging.
 */
export async function allPages<T>(
  overlord: Pick<TestOverlord, 'graph'>,
  {
    list,
    where,
    whereType,
    select,
    first = 500,
  }: { list: string; where?: object; whereType: string; select: string; first?: number },
): Promise<T[]> {
  const query = `query OraclePage($where: ${whereType}, $first: Int!, $after: String) {
    page: ${list}(where: $where, first: $first,
      after: $after) { nodes { ${select} } pageInfo { hasNextPage endCursor } } }`
  const rows: T[] = []
  let after: string | null = null
  for (;;) {
    const answer: { data: { page: Page<T> } } = await overlord.graph<{ page: Page<T> }>(query, { where, first, after })
    const { nodes, pageInfo } = answer.data.page
    rows.push(...nodes)
    if (!pageInfo.hasNextPage) return rows
    after = pageInfo.endCursor
  }
}
