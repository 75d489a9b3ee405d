import { checkPage, connection, readCursor } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'

const MAX_PAGE_SIZE = 200

interface DeadLetterRow {
  id: string
  receivedAt: string
  type: string | null
  characterName: string | null
  path: string | null
  reason: string
  frame: string
}

const FILTER = `($1::text[] is null or lower(type) = any($1))
  and ($2::text[] is null or lower(character_name) = any($2))
  and received_at >= coalesce(($3::timestamptz[])[1], '-infinity')
  and received_at <= coalesce(($3::timestamptz[])[2], 'infinity')`

export const deadLetterResolvers: Resolvers = {
  Query: {
    async deadLetters(_, { where, ...page }, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const lower = (texts: readonly string[] | null | undefined) => texts?.map((text) => text.toLowerCase()) ?? null
      const moments = [where?.since ?? null, where?.until ?? null]
      const values = [lower(where?.types), lower(where?.characters), moments]
      const [found, count] = await Promise.all([
        context.pool.query<DeadLetterRow>(
          `select id::text as id, received_at as "receivedAt", type, character_name as "characterName", path, reason,
            frame
           from dead_letters where ${FILTER} and ($4::bigint is null or dead_letters.id < $4)
             order by dead_letters.id desc limit $5`,
          [...values, readCursor(page.after, 1)?.[0] ?? null, page.first + 1],
        ),
        context.pool.query<{ count: number }>(`select count(*) from dead_letters where ${FILTER}`, values),
      ])
      return { ...connection(found.rows, page, ({ id }) => [id]), totalCount: count.rows[0]!.count }
    },
  },
}
