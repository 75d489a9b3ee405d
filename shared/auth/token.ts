import { randomBytes } from 'node:crypto'
import type { Pool } from '../db/pool.ts'
import { sha256 } from './secrets.ts'
import { SCOPES, type Scope } from './viewer.ts'

/** A program that may do something outside the graph. */
export interface TokenHolder {
  id: string
  name: string
  /** When it ends, in ms since 1970; null for never. */
  expiresAt: number | null
}

export interface TokenRow {
  id: string
  name: string
  scopes: string[]
  created_at: string
  last_used_at: string | null
  expires_at: string | null
}

/**
 * Makes a service token; its secret exists only in the answer. Throws a readable error for unknown scopes or a name
 * in use.
 */
export async function createToken(
  pool: Pool,
  name: string,
  scopes: readonly string[],
  expiresAt: Date | null = null,
): Promise<{ token: TokenRow; secret: string }> {
  const unknown = scopes.filter((scope) => !(SCOPES as readonly string[]).includes(scope))
  if (unknown.length || !scopes.length)
    throw new TokenError(`Unknown scopes: ${unknown.join(', ') || '(none given)'}. There are: ${SCOPES.join(', ')}.`)
  if (scopes.includes('agent') && scopes.length > 1)
    throw new TokenError('The scope `agent` stands alone: such a token may do nothing else.')
  if (!/^[\w .-]{1,64}$/.test(name))
    throw new TokenError('A token’s name has 1 to 64 letters, digits, blanks, dots or dashes.')
  const secret = `ovl_svc_${randomBytes(24).toString('base64url')}`
  const { rows } = await pool.query<TokenRow>(
    `insert into service_tokens (name, secret_hash, scopes, expires_at) values ($1, $2, $3, $4)
      on conflict (name) do nothing
     returning id, name, scopes, created_at, last_used_at, expires_at`,
    [name, sha256(secret), scopes, expiresAt],
  )
  if (!rows[0]) throw new TokenError(`There is a token named ${name} already. Revoke it first, or choose another name.`)
  return { token: rows[0], secret }
}

/** The message for a token that could not be created. */
export class TokenError extends Error {}

/**
 * Tokens by name, and how many there are.
 * @param most how many to list
 * @param after the name before the first one; null for the beginning
 */
export async function listTokens(
  pool: Pool,
  most = 10_000,
  after: string | null = null,
): Promise<{ rows: TokenRow[]; totalCount: number }> {
  const [rows, count] = await Promise.all([
    pool.query<TokenRow>(
      `select id, name, scopes, created_at, last_used_at, expires_at from service_tokens
       where $1::text is null or name > $1 order by name limit $2`,
      [after, most],
    ),
    pool.query<{ count: number }>('select count(*) from service_tokens'),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** The token of this secret if it has the scope, or why not. Its last use is recorded once a minute. */
export async function tokenWithScope(
  pool: Pool,
  secret: string,
  scope: Scope,
): Promise<TokenHolder | 'BAD_TOKEN' | 'FORBIDDEN'> {
  const { rows } = await pool.query<TokenHolder & { scopes: string[]; stale: boolean }>(
    `select id, name, scopes, (1000 * extract(epoch from expires_at))::double precision as "expiresAt",
       last_used_at is null or last_used_at < now() - interval '1 minute' as stale
     from service_tokens where secret_hash = $1 and (expires_at is null or expires_at > now())`,
    [sha256(secret)],
  )
  const [token] = rows
  if (!token) return 'BAD_TOKEN'
  if (!token.scopes.includes(scope)) return 'FORBIDDEN'
  if (token.stale) await pool.query('update service_tokens set last_used_at = now() where id = $1', [token.id])
  return { id: token.id, name: token.name, expiresAt: token.expiresAt }
}

/** Ends the token of this name or id; gives its id, null when there is none. */
export async function revokeToken(pool: Pool, nameOrId: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>(
    'delete from service_tokens where name = $1 or id::text = $1 returning id',
    [nameOrId],
  )
  return rows[0]?.id ?? null
}
