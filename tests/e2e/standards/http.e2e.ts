import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startHouse, type TestHouse } from '../../../shared/testing/start-house.ts'

describe('[STD1] GraphQL over HTTP', () => {
  let house: TestHouse
  beforeAll(async () => void (house = await startHouse()))
  afterAll(() => house[Symbol.asyncDispose]())

  it('holds in every one of the 61 audits of graphql-http', async () => {
    const audits = serverAudits({
      url: `${house.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${house.token}`)
        headers.set('graphql-require-preflight', '1') // no form of another site can send it
        return fetch(url, { ...init, headers })
      },
    })
    const results = await Promise.all(audits.map(async ({ id, name, fn }) => ({ id, name, result: await fn() })))
    const missed = results
      .filter(({ result }) => result.status !== 'ok')
      .map(({ id, name, result }) => `${id} ${result.status}: ${name}: ${'reason' in result ? result.reason : ''}`)
    expect(missed).toEqual([])
    expect(audits.length).toBe(61)
  })
})
