import type { Pool } from '../db/pool.ts'
import { sha256 } from './secrets.ts'

/** No name that somebody could give a token of their own: those have no brackets. */
const NAME = 'assistant (from the settings)'

/**
 * Makes the assistant's token known, in the place of the one before. It may do what is declared for it, and nothing
 * else.
 */
export async function ensureAgentToken(pool: Pool, secret: string): Promise<void> {
  await pool.query(
    `insert into service_tokens (name, secret_hash, scopes) values ($1, $2, '{agent}')
     on conflict (name) do update set secret_hash = excluded.secret_hash, scopes = excluded.scopes, expires_at = null`,
    [NAME, sha256(secret)],
  )
}
