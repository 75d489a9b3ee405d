import type { Pool } from '../../../shared/db/pool.ts'
import { namesOf, unknownName } from '../../../shared/serve/known-names.ts'
import { checkNumbers } from './numbers.ts'
import { checkLimits } from './where.ts'
import type { ItemWhere } from '../generated/resolvers.ts'

/** One step along the key for each server, however many items it has. */
const SERVERS = `with recursive servers as (
    (select server from item_facts order by server limit 1)
    union all
    select (select f.server from item_facts f where f.server > s.server order by f.server limit 1)
    from servers s where s.server is not null)
  select server as name from servers where server is not null`

/**
 * The game server that is meant, ignoring case. Throws NOT_FOUND with the nearest for one of which no item is known;
 * while no item at all is known, any name may be right.
 */
export async function serverNamed(pool: Pool, typed: string): Promise<string> {
  const { rows } = await pool.query<{ name: string }>(SERVERS)
  const names = rows.map(({ name }) => name)
  if (!names.length || names.includes(typed)) return typed
  const wanted = typed.toLowerCase()
  const found = names.find((name) => name.toLowerCase() === wanted)
  if (found !== undefined) return found
  throw unknownName('game server', [typed], names)
}

/**
 * A search of which the names of characters and game servers are stored ones. Throws NOT_FOUND with the nearest, and
 * BAD_USER_INPUT for numbers that nothing has.
 */
export async function withStoredNames<W extends ItemWhere>(pool: Pool, where: W | null | undefined) {
  if (!where) return where
  checkLimits(where)
  await checkNumbers(pool, where)
  const stored = { ...where }
  if (where.characters) stored.characters = await namesOf(pool, 'characters', where.characters)
  if (where.server != null) stored.server = await serverNamed(pool, where.server)
  if (where.usableBy != null) [stored.usableBy] = (await namesOf(pool, 'characters', [where.usableBy])) as [string]
  return stored
}
