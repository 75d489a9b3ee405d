// Limits sign-in attempts so that somebody who guesses passwords is slowed down, and the owner of the account is not.
// Counted in the database: several gateways or a restart allow no more attempts.
import { createHmac, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { transaction, type Pool } from '../db/pool.ts'
import { readSignedJson, signJson } from './signed-json.ts'

const WINDOW_S = 15 * 60
/**
 * Attempts in 15 minutes. Many people may share an address. `pair` is an account from one address, `account` from all
 * of them, `browser` one in which the account was signed in to before, `link` an address that tries unknown links to
 * shared views.
 */
const MAX_TRIES = { pair: 10, account: 100, address: 50, browser: 10, link: 30 } as const
/** Accounts that a browser remembers: those of a family. */
const MAX_ACCOUNTS = 5

/** What attempts are counted by. */
export type ThrottleKey = `${keyof typeof MAX_TRIES} ${string}`

/** Where an attempt to sign in to an account comes from. */
export interface Attempt {
  account: string
  address: string
  /** What `rememberBrowser` gave this browser. */
  browser: string | null
}

const knownBrowser = z.object({ id: z.string().max(64), accounts: z.array(z.string()).max(MAX_ACCOUNTS) })
const nameOf = (account: string) => account.toLowerCase().slice(0, 64)

export interface LoginThrottle {
  /**
   * What an attempt is counted by: in a browser of the account by that alone, so that attempts of others do not keep
   * its owner out.
   */
  keysOf(attempt: Attempt): ThrottleKey[]
  /** What a browser keeps after signing in, so that it is known for this account. */
  rememberBrowser(account: string, browser: string | null): string
  /**
   * Counts an attempt before it is checked, since many may run at once: 0. Over the limit, the seconds to wait, and
   * counts nothing.
   */
  take(keys: readonly ThrottleKey[]): Promise<number>
  /** The seconds to wait if the limit is reached, and counts nothing; else 0. */
  waitFor(key: ThrottleKey): Promise<number>
  /** After success: takes one off the counts of address and account, and resets the others. */
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
  const kindOf = (what: ThrottleKey) => what.slice(0, what.indexOf(' ')) as keyof typeof MAX_TRIES
  const knownIn = (browser: string | null) =>
    knownBrowser.safeParse(browser === null ? null : readSignedJson(key, 'browser', browser)).data ?? null

  return {
    keysOf({ account, address, browser }) {
      const name = nameOf(account)
      const known = knownIn(browser)
      if (known?.accounts.includes(name)) return [`browser ${known.id} ${name}`]
      return [`pair ${address} ${name}`, `address ${address}`, `account ${name}`]
    },
    rememberBrowser(account, browser) {
      const known = knownIn(browser) ?? { id: randomBytes(16).toString('base64url'), accounts: [] }
      const accounts = [...new Set([nameOf(account), ...known.accounts])].slice(0, MAX_ACCOUNTS)
      return signJson(key, 'browser', { id: known.id, accounts })
    },
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
            if (rows[0]!.tries > MAX_TRIES[kindOf(what)]) throw new Wait(Math.max(1, rows[0]!.wait))
          }
        })
      } catch (error) {
        if (error instanceof Wait) return error.seconds
        throw error
      }
      await pool.query('delete from sign_in_tries where since <= $1', [begun])
      return 0
    },
    async waitFor(what) {
      const begun = new Date(clock().getTime() - WINDOW_S * 1000)
      const { rows } = await pool.query<{ wait: number }>(
        `select ceil(extract(epoch from since - $2::timestamptz))::int as wait from sign_in_tries
         where key_hash = $1 and since > $2 and tries >= $3`,
        [hashOf(what), begun, MAX_TRIES[kindOf(what)]],
      )
      return rows[0] ? Math.max(1, rows[0].wait) : 0
    },
    async passed(keys) {
      for (const what of keys)
        await pool.query(
          ['pair', 'browser'].includes(kindOf(what))
            ? 'delete from sign_in_tries where key_hash = $1'
            : 'update sign_in_tries set tries = tries - 1 where key_hash = $1',
          [hashOf(what)],
        )
    },
  }
}
