import { serverAudits } from 'graphql-http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'

describe('[STD1] GraphQL over HTTP', () => {
  let overlord: TestOverlord
  beforeAll(async () => void (overlord = await startOverlord()))
  afterAll(() => overlord[Symbol.asyncDispose]())

  it('holds in every one of the 61 audits of graphql-http', async () => {
    const audits = serverAudits({
      url: `${overlord.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers)
        headers.set('authorization', `Bearer ${overlord.token}`)
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
