import type { Pool } from '../../../shared/db/pool.ts'
import { withStoredNames } from '../../../shared/serve/known-names.ts'
import type { ChatWhere } from './conditions.ts'

/**
 * The filter with stored names. Throws NOT_FOUND with the nearest for an unknown character. Senders may be of other
 * guilds: those that are characters of ours are found ignoring case, all others only as typed, by an index.
 */
export async function withStoredChat(pool: Pool, where: ChatWhere | null | undefined): Promise<ChatWhere> {
  const stored = await withStoredNames<ChatWhere>(pool, where)
  if (!stored.senders?.length) return stored
  const { rows } = await pool.query<{ name: string }>(
    'select name from characters where lower(name) in (select lower(t) from unnest($1::text[]) t)',
    [stored.senders],
  )
  return { ...stored, senders: [...new Set([...stored.senders, ...rows.map(({ name }) => name)])] }
}
