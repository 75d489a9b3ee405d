// Limits sign-in attempts by account and by address. Counted in the database: several gateways or a restart allow no
// more attempts.
import { createHmac } from 'node:crypto'
import { transaction, type Pool } from '../db/pool.ts'

const WINDOW_S = 15 * 60
/** Many people may share an address. */
const MAX_TRIES = { account: 10, address: 50 } as const

/** What attempts are counted by: `account name` or `address number`. */
export type ThrottleKey = `${keyof typeof MAX_TRIES} ${string}`

export interface LoginThrottle {
  /**
   * Counts an attempt before it is checked, since many may run at once: 0. Over the limit, the seconds to wait, and
   * counts nothing.
   */
  take(keys: readonly ThrottleKey[]): Promise<number>
  /** After success: resets the account's count, takes one off the address's. */
  passed(keys: readonly ThrottleKey[]): Promise<void>
}

/** A limit is reached: rolls the transaction back. */
class Wait extends Error {
  readonly seconds: number
  constructor(seconds: number) {
    super('wait')
    this.seconds = seconds
  }
}

/** @param key the shared secret key: names and addresses are stored hashed */
export function loginThrottle(pool: Pool, key: string, clock: () => Date = () => new Date()): LoginThrottle {
  const hashOf = (what: ThrottleKey) => createHmac('sha256', key).update(`try:${what}`).digest()
  const maxOf = (what: ThrottleKey) => (what.startsWith('account ') ? MAX_TRIES.account : MAX_TRIES.address)

  return {
    async take(keys) {
      const now = clock()
      const begun = new Date(now.getTime() - WINDOW_S * 1000)
      try {
        await transaction(pool, async (client) => {
          for (const what of keys) {
            const { rows } = await client.query<{ tries: number; wait: number }>(
              `insert into sign_in_tries as t (key_hash, tries, since) values ($1, 1, $2)
               on conflict (key_hash) do update set tries = case when t.since <= $3 then 1 else t.tries + 1 end,
                 since = case when t.since <= $3 then $2 else t.since end
               returning tries, ceil(extract(epoch from since - $3::timestamptz))::int as wait`,
              [hashOf(what), now, begun],
            )
            if (rows[0]!.tries > maxOf(what)) throw new Wait(Math.max(1, rows[0]!.wait))
          }
        })
      } catch (error) {
        if (error instanceof Wait) return error.seconds
        throw error
      }
      await pool.query('delete from sign_in_tries where since <= $1', [begun])
      return 0
    },
    async passed(keys) {
      for (const what of keys)
        await pool.query(
          what.startsWith('account ')
            ? 'delete from sign_in_tries where key_hash = $1'
            : 'update sign_in_tries set tries = tries - 1 where key_hash = $1',
          [hashOf(what)],
        )
    },
  }
}
