import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rateLimiter } from '../serve/rate-limiter.ts'
import { testDatabase } from '../testing/test-database.ts'
import { loginThrottle } from './login-throttle.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => void (database = await testDatabase()))
afterAll(() => database[Symbol.asyncDispose]())

const KEY = 'a key for tests only'

describe('[PPL1] sign-in attempts', () => {
  it('run out after ten by account and fifty by address, wherever they are made, and come back after a quarter of an hour', async () => {
    let now = new Date('2026-03-01T12:00:00Z')
    const gateways = [1, 2].map(() => loginThrottle(database.pool, KEY, () => now))
    for (let n = 0; n < 10; n++) expect(await gateways[n % 2]!.take(['account a', 'address 1'])).toBe(0)
    for (const gateway of gateways) expect(await gateway.take(['account a', 'address 1'])).toBe(900)
    for (let n = 0; n < 40; n++) expect(await gateways[n % 2]!.take([`account b${n}`, 'address 1'])).toBe(0)
    expect(await gateways[0]!.take(['account c', 'address 1'])).toBe(900)
    expect(await gateways[0]!.take(['account c', 'address 2'])).toBe(0)
    now = new Date(now.getTime() + 15 * 60_000)
    expect(await gateways[1]!.take(['account a', 'address 1'])).toBe(0)
  })

  it('made at once do not slip through, and success forgives the account', async () => {
    const gateway = loginThrottle(database.pool, KEY)
    const waits = await Promise.all(Array.from({ length: 30 }, () => gateway.take(['account many', 'address 3'])))
    expect(waits.filter((wait) => wait === 0).length).toBe(10)
    await gateway.passed(['account many', 'address 3'])
    expect(await gateway.take(['account many', 'address 3'])).toBe(0)
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
