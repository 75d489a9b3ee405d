import type { Pool } from '../db/pool.ts'
import { sha256 } from './secrets.ts'
import type { Scope } from './viewer.ts'

/** Tokens of our own programs. No name that somebody could give a token of their own: those have no brackets. */
const OWN_TOKENS = {
  agent: { name: 'assistant (from the settings)', scopes: ['agent'] },
  discord: { name: 'discord bot (from the settings)', scopes: ['read', 'store'] },
} as const satisfies Record<string, { name: string; scopes: readonly Scope[] }>
export type OwnProgram = keyof typeof OWN_TOKENS

/** Makes the token of one of our own programs known, in the place of the one before. What it stored stays. */
export async function ensureOwnToken(pool: Pool, program: OwnProgram, secret: string): Promise<void> {
  const { name, scopes } = OWN_TOKENS[program]
  await pool.query(
    `insert into service_tokens (name, secret_hash, scopes) values ($1, $2, $3)
     on conflict (name) do update set secret_hash = excluded.secret_hash, scopes = excluded.scopes, expires_at = null`,
    [name, sha256(secret), scopes],
  )
}
