import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPool } from '../db/pool.ts'
import { rateLimiter } from '../serve/rate-limiter.ts'
import { testDatabase } from '../testing/test-database.ts'
import { loginThrottle } from './login-throttle.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database[Symbol.asyncDispose]())

const KEY = 'a key for tests only'

describe('[PPL1] sign-in attempts', () => {
  it('run out after ten for an account from one address, fifty by address, a hundred by account, wherever made, and come back after 15 minutes', async () => {
    let now = new Date('2026-03-01T12:00:00Z')
    const gateways = [1, 2].map(() => loginThrottle(database.pool, KEY, () => now))
    for (let n = 0; n < 10; n++) expect(await gateways[n % 2]!.take(['pair 1 a', 'address 1'])).toBe(0)
    for (const gateway of gateways) expect(await gateway.take(['pair 1 a', 'address 1'])).toBe(900)
    for (let n = 0; n < 40; n++) expect(await gateways[n % 2]!.take([`pair 1 b${n}`, 'address 1'])).toBe(0)
    expect(await gateways[0]!.take(['pair 1 c', 'address 1'])).toBe(900)
    expect(await gateways[0]!.take(['pair 2 c', 'address 2'])).toBe(0)
    for (let n = 0; n < 100; n++) expect(await gateways[n % 2]!.take([`pair ${n} d`, 'account d'])).toBe(0)
    expect(await gateways[0]!.take(['pair 101 d', 'account d'])).toBe(900)
    for (let n = 0; n < 10; n++) expect(await gateways[n % 2]!.take(['browser b d'])).toBe(0)
    expect(await gateways[0]!.take(['browser b d'])).toBe(900)
    now = new Date(now.getTime() + 15 * 60_000)
    expect(await gateways[1]!.take(['pair 1 a', 'address 1'])).toBe(0)
  })

  it('made at once do not slip through, and success forgives the account', async () => {
    const gateway = loginThrottle(database.pool, KEY)
    const waits = await Promise.all(Array.from({ length: 30 }, () => gateway.take(['pair 3 many', 'address 3'])))
    expect(waits.filter((wait) => wait === 0).length).toBe(10)
    await gateway.passed(['pair 3 many', 'address 3'])
    expect(await gateway.take(['pair 3 many', 'address 3'])).toBe(0)
  })

  it('of links are counted when they fail, and looked at before', async () => {
    let now = new Date('2026-02-01T12:00:00Z')
    const gateways = [1, 2].map(() => loginThrottle(database.pool, KEY, () => now))
    for (let n = 0; n < 30; n++) {
      expect(await gateways[n % 2]!.waitFor('link 5')).toBe(0)
      await gateways[n % 2]!.take(['link 5'])
    }
    for (const gateway of gateways) expect(await gateway.waitFor('link 5')).toBe(900)
    expect(await gateways[0]!.waitFor('link 6')).toBe(0)
    now = new Date(now.getTime() + 15 * 60_000)
    expect(await gateways[0]!.waitFor('link 5')).toBe(0)
  })

  it('that succeeded give the address its one back, and no more', async () => {
    const now = new Date('2026-03-02T12:00:00Z')
    const gateway = loginThrottle(database.pool, KEY, () => now)
    for (let n = 0; n < 50; n++) expect(await gateway.take([`pair 4 of ${n}`, 'address 4'])).toBe(0)
    expect(await gateway.take(['pair 4 another', 'address 4'])).toBe(900)
    await gateway.passed(['pair 4 of 1', 'address 4'])
    expect(await gateway.take(['pair 4 another', 'address 4'])).toBe(0)
    expect(await gateway.take(['pair 4 another', 'address 4'])).toBe(900)
  })

  it('are counted apart in a browser of the account, which nobody else can make', () => {
    const throttle = loginThrottle(database.pool, KEY)
    const strangers = ['pair 1 ann', 'address 1', 'account ann']
    const keysOf = (account: string, browser: string | null) => throttle.keysOf({ account, address: '1', browser })
    const browser = throttle.rememberBrowser('Ann', null)
    const [known] = keysOf('ANN', browser)
    expect(known).toMatch(/^browser \S{22} ann$/)
    for (const other of [
      null,
      '',
      'x',
      `${browser}x`,
      loginThrottle(database.pool, 'another').rememberBrowser('ann', null),
    ])
      expect(keysOf('ann', other)).toEqual(strangers)
    let family = browser
    for (const name of ['b', 'c', 'd', 'e']) family = throttle.rememberBrowser(name, family)
    expect(keysOf('ann', family)).toEqual([known])
    expect(keysOf('ann', throttle.rememberBrowser('f', family))).toEqual(strangers)
  })

  it('that are over are forgotten, no matter who made them', async () => {
    let now = new Date('2026-02-01T12:00:00Z')
    const gateway = loginThrottle(database.pool, KEY, () => now)
    const left = async () => (await database.pool.query('select from sign_in_tries where since < $1', [now])).rowCount
    await gateway.take(['account forgotten'])
    now = new Date(now.getTime() + 14 * 60_000)
    await gateway.take(['account late'])
    expect(await left()).toBe(1)
    now = new Date(now.getTime() + 60_000)
    await gateway.take(['account later'])
    expect(await left()).toBe(1)
  })

  it('cannot be made while the database fails, and the error says so', async () => {
    const away = openPool('postgres://127.0.0.1:1/nowhere', { name: 'away' })
    await expect(loginThrottle(away, KEY).take(['pair 1 a'])).rejects.toThrow('ECONNREFUSED')
    await away.end()
  })
})

describe('[PPL1] a rate limiter', () => {
  it('is one for all processes, and for each viewer by itself', async () => {
    const rooms = [1, 2].map(() => rateLimiter(database.pool, 'tests', 6))
    const taken = await Promise.all(Array.from({ length: 20 }, (_, n) => rooms[n % 2]!.take('user 1')))
    expect(taken.filter(Boolean).length).toBe(6)
    expect(await rooms[0]!.take('user 2')).toBe(true)
  })
})
