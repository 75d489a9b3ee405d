import { tokenWithScope, type TokenHolder } from '../../../shared/auth/token.ts'
import type { Scope } from '../../../shared/auth/viewer.ts'
import { PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'

/**
 * How long a token is known without being asked for again. One that is revoked is forgotten at once, one that expires
 * is known no longer than that.
 */
const KNOWN_MS = 10_000
const MAX_KNOWN = 1_000

export interface KnownTokens extends Disposable {
  /** The token of a secret if it has the scope, or why not. Throws while the database is away. */
  find(secret: string): Promise<TokenHolder | 'BAD_TOKEN' | 'FORBIDDEN'>
}

/** Tokens with a scope, remembered for seconds: a report is answered without asking the database. */
export async function knownTokens(pool: Pool, pubsub: PubSub, scope: Scope): Promise<KnownTokens> {
  const known = new Map<string, { token: TokenHolder; until: number }>()
  let changes = 0
  const stop = await pubsub.subscribe(PEOPLE_TOPIC, () => {
    changes++
    known.clear()
  })
  return {
    async find(secret) {
      const there = known.get(secret)
      if (there && there.until > Date.now()) return there.token
      const before = changes
      const token = await tokenWithScope(pool, secret, scope)
      if (typeof token === 'string') return token
      if (known.size >= MAX_KNOWN) known.clear()
      // One that was read before a change may be revoked by it.
      const until = Math.min(Date.now() + KNOWN_MS, token.expiresAt ?? Infinity)
      if (before === changes) known.set(secret, { token, until })
      return token
    },
    [Symbol.dispose]: stop,
  }
}
