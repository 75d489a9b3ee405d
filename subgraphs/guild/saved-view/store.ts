import { transaction, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'

/** A kind of saved view, with its limits. */
export interface SavedViewKind {
  table: 'layouts' | 'saved_filters'
  maxCount: number
  /** Maximum length of one, in characters of JSON. */
  maxLength: number
  /** Its name in error messages. */
  noun: string
}

export interface SavedViewRow {
  list: string
  name: string
  body: unknown
  changedAt: string
}

/** Layouts have no list. */
const listOf = ({ table }: SavedViewKind) => (table === 'layouts' ? "''" : 'list')

/** All saved views of a person, by list and name; of one list, if it is given. */
export async function listSavedViews(
  pool: Pool,
  kind: SavedViewKind,
  userId: string,
  list: string | null,
): Promise<SavedViewRow[]> {
  const { rows } = await pool.query<SavedViewRow>(
    `select ${listOf(kind)} as list, name, body, changed_at as "changedAt" from ${kind.table}
     where user_id = $1 and ($2::text is null or ${listOf(kind)} = $2) order by 1, 2`,
    [userId, list],
  )
  return rows
}

/** Saves one, replacing one of the same name. Refuses one that is too large or one too many. */
export async function saveView(
  pool: Pool,
  kind: SavedViewKind,
  userId: string,
  { list, name, body }: { list: string; name: string; body: unknown },
): Promise<SavedViewRow> {
  const { table, maxCount, maxLength, noun } = kind
  const text = JSON.stringify(body)
  if (typeof body !== 'object' || body === null) throw fault('BAD_USER_INPUT', `A ${noun} is an object or a list.`)
  if (text.length > maxLength) throw fault('BAD_USER_INPUT', `A ${noun} has at most ${maxLength} characters.`)
  if (!name.trim() || name.length > 80) throw fault('BAD_USER_INPUT', `A ${noun}’s name has 1 to 80 characters.`)
  return transaction(pool, async (client) => {
    await client.query('select from users where id = $1 for update', [userId]) // counted one at a time
    const isLayout = table === 'layouts'
    const { rows } = await client.query<SavedViewRow>(
      `insert into ${table} (user_id, name, body${isLayout ? '' : ', list'})
         values ($1, $2, $3${isLayout ? '' : ', $4'})
       on conflict (user_id, ${isLayout ? '' : 'list, '}name) do update set body = excluded.body, changed_at = now()
       returning ${listOf(kind)} as list, name, body, changed_at as "changedAt"`,
      [userId, name, text, ...(isLayout ? [] : [list])],
    )
    const count = await client.query<{ count: number }>(`select count(*) from ${table} where user_id = $1`, [userId])
    if (count.rows[0]!.count > maxCount)
      throw fault('BAD_USER_INPUT', `You keep ${maxCount} of these already. Remove one first.`)
    return rows[0]!
  })
}

/** Removes one; false when there is none. */
export async function deleteSavedView(
  pool: Pool,
  kind: SavedViewKind,
  userId: string,
  list: string,
  name: string,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `delete from ${kind.table} where user_id = $1 and ${listOf(kind)} = $2 and name = $3`,
    [userId, list, name],
  )
  return Boolean(rowCount)
}
