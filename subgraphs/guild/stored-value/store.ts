import { transaction, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'

/** Values that one token may store. */
export const MAX_VALUES = 100
/** Longest value, in characters of JSON. */
const MAX_LENGTH = 16_384
const KEY = /^[\p{L}\p{N}.:/_-]{1,100}$/u

export interface StoredValueRow {
  key: string
  value: unknown
  changedAt: string
}

const COLUMNS = 'key, value, changed_at as "changedAt"'

/** The values of a token, by key; those whose key begins with `prefix`. */
export async function listValues(pool: Pool, token: string, prefix: string): Promise<StoredValueRow[]> {
  const { rows } = await pool.query<StoredValueRow>(
    `select ${COLUMNS} from token_values where token_id = $1 and starts_with(key, $2) order by key collate "C"`,
    [token, prefix],
  )
  return rows
}

/**
 * Stores a value, replacing one of the same key.
 * @throws BAD_USER_INPUT for one that is too large, one too many, or a key that cannot be
 */
export async function storeValue(pool: Pool, token: string, key: string, value: unknown): Promise<StoredValueRow> {
  const text = JSON.stringify(value)
  if (!KEY.test(key))
    throw fault('BAD_USER_INPUT', 'A key has 1 to 100 letters, digits, dots, colons, slashes or dashes.')
  if (text.length > MAX_LENGTH) throw fault('BAD_USER_INPUT', `A value has at most ${MAX_LENGTH} characters of JSON.`)
  if (text.includes('\\u0000')) throw fault('BAD_USER_INPUT', 'A value cannot contain the character NUL.')
  return transaction(pool, async (client) => {
    // Locked: a token's values are counted one at a time.
    const { rowCount } = await client.query('select from service_tokens where id = $1 for update', [token])
    if (!rowCount) throw fault('BAD_TOKEN')
    const { rows } = await client.query<StoredValueRow>(
      `insert into token_values (token_id, key, value) values ($1, $2, $3)
       on conflict (token_id, key) do update set value = excluded.value, changed_at = now()
       returning ${COLUMNS}`,
      [token, key, text],
    )
    const { rows: counted } = await client.query<{ count: number }>(
      'select count(*) from token_values where token_id = $1',
      [token],
    )
    if (counted[0]!.count > MAX_VALUES)
      throw fault('BAD_USER_INPUT', `This token stores ${MAX_VALUES} values already. Remove one first.`)
    return rows[0]!
  })
}

/** Removes a value; false when there is none. */
export async function deleteValue(pool: Pool, token: string, key: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from token_values where token_id = $1 and key = $2', [token, key])
  return Boolean(rowCount)
}
