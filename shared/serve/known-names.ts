// Names that people type in queries: compared ignoring case, and refused with the nearest ones if there are none like
// it.
import type { GraphQLError } from 'graphql'
import type { Pool } from '../db/pool.ts'
import { fault, type ErrorCode } from '../errors.ts'
import { nearestNames } from '../world/nearest-names.ts'

/** No name is longer; comparing longer texts letter by letter would take long. */
const MAX_COMPARED = 64
const MAX_SHOWN = 3

/**
 * The error for names that do not exist. Its message and `extensions.nearest` have the three nearest of those that do.
 * @param what what is named, as `character`
 */
export function unknownName(
  what: string,
  unknown: readonly string[],
  names: readonly string[],
  code: ErrorCode = 'NOT_FOUND',
): GraphQLError {
  const typed = unknown.slice(0, MAX_SHOWN).map((name) => name.slice(0, MAX_COMPARED))
  const nearest = nearestNames(typed[0] ?? '', names)
  const called = typed.map((name) => JSON.stringify(name)).join(', ')
  const hint = nearest.length ? ` The nearest: ${nearest.map((name) => JSON.stringify(name)).join(', ')}.` : ''
  return fault(code, `No ${what} is called ${called}.${hint}`, { nearest })
}

/** Of a fixed list the entry that has a name, ignoring case. Throws BAD_USER_INPUT with the nearest. */
export function entryNamed<T extends { name: string }>(what: string, typed: string, entries: readonly T[]): T {
  const wanted = typed.trim().toLowerCase()
  const found = entries.find(({ name }) => name.toLowerCase() === wanted)
  if (found) return found
  throw unknownName(what, [typed], [...new Set(entries.map(({ name }) => name))], 'BAD_USER_INPUT')
}

/** Where names are stored in a column `name`, with an index of it in small letters. */
type NamedTable = 'characters' | 'monsters'
const WHAT: Record<NamedTable, string> = { characters: 'character', monsters: 'monster' }

/**
 * The stored names that are meant, in the order of those typed, each once: the exact one if there is, else the one that
 * differs only in case. Throws NOT_FOUND with the nearest if one is unknown.
 */
export async function namesOf(pool: Pool, table: NamedTable, typed: readonly string[]): Promise<string[]> {
  if (!typed.length) return []
  const { rows } = await pool.query<{ typed: string; name: string | null }>(
    `select t.typed, coalesce(
       (select n.name from ${table} n where n.name = t.typed),
       (select n.name from ${table} n where lower(n.name) = lower(t.typed) order by n.name limit 1)) as name
     from unnest($1::text[]) with ordinality t(typed, n) order by t.n`,
    [typed],
  )
  const unknown = rows.filter(({ name }) => name === null).map((row) => row.typed)
  if (!unknown.length) return [...new Set(rows.map(({ name }) => name!))]
  const all = await pool.query<{ name: string }>(`select name from ${table} order by name`)
  throw unknownName(
    WHAT[table],
    unknown,
    all.rows.map(({ name }) => name),
  )
}

/** The same of an optional list of characters: null if it was left out, which means all. */
export const charactersNamed = async (
  pool: Pool,
  typed: readonly string[] | null | undefined,
): Promise<string[] | null> => (typed ? namesOf(pool, 'characters', typed) : null)

/** The one stored name that is meant. Throws NOT_FOUND with the nearest. */
export const nameOf = async (pool: Pool, table: NamedTable, typed: string): Promise<string> =>
  (await namesOf(pool, table, [typed]))[0]!

/** A filter of which the names of characters are stored ones. */
export const withStoredNames = async <W extends { characters?: readonly string[] | null | undefined }>(
  pool: Pool,
  where: W | null | undefined,
): Promise<W> =>
  where?.characters
    ? { ...where, characters: await namesOf(pool, 'characters', where.characters) }
    : (where ?? ({} as W))
