import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphClient, openFeed } from '../../../shared/testing/feed.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'

let overlord: TestOverlord
beforeAll(async () => void (overlord = await startOverlord()))
afterAll(() => overlord[Symbol.asyncDispose]())

const json = { 'content-type': 'application/json' }
const post = (path: string, body: string, headers: Record<string, string> = json) =>
  fetch(`${overlord.url}${path}`, { method: 'POST', headers, body, redirect: 'manual' })

describe('a stranger', () => {
  it.each([
    '{ me { name } }',
    '{ characters { totalCount } }',
    '{ __schema { types { name } } }',
    '{ __typename }',
    '{ _service { sdl } }',
    'mutation { createToken(input: { name: "x" }) { secret } }',
  ])('gets 401 and nothing else for %s', async (query) => {
    const answer = await post('/graphql', JSON.stringify({ query }))
    expect(answer.status).toBe(401)
    expect(await answer.json()).toEqual({
      errors: [
        {
          message: expect.any(String) as string,
          extensions: {
            code: 'UNAUTHENTICATED',
            hint: expect.any(String) as string,
            trace: expect.any(String) as string,
          },
        },
      ],
    })
  })

  it('with a wrong token gets that error, never treated as missing, even beside a valid cookie', async () => {
    const answer = await post('/graphql', '{"query":"{ me { name } }"}', {
      ...json,
      authorization: 'Bearer ovl_svc_nonsense',
      cookie: overlord.cookie,
    })
    expect(answer.status).toBe(401)
    expect(await answer.text()).toContain('BAD_TOKEN')
  })

  it.each([undefined, 'ovl_svc_nonsense'])('is closed with 4403 on the WebSocket with token %s', async (token) => {
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, token)
    const feed = openFeed(client, 'subscription { telemetryChanged { ew } }', 'telemetryChanged')
    await feed.find(() => true).catch(() => undefined)
    expect(feed.ended()).toMatchObject({ code: 4403 })
    await client.dispose()
  })

  it.each(['/metrics', '/session', '/graphql?query={me{name}}'])('gets 401 at GET %s', async (path) => {
    expect((await fetch(`${overlord.url}${path}`, { headers: { accept: 'application/json' } })).status).toBe(401)
  })

  it.each(['/../package.json', '/%2e%2e/package.json', '/.env', '/data/secret-key', '/graphql/../session/x'])(
    'finds nothing at %s',
    async (path) => {
      expect([401, 404]).toContain((await fetch(`${overlord.url}${path}`)).status)
    },
  )

  it('reads health, and learns nothing but the version', async () => {
    const health = await (await fetch(`${overlord.url}/healthz`)).json()
    expect(health).toEqual({ ok: true, version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string })
    expect((await fetch(`${overlord.url}/readyz`)).status).toBe(200)
  })

  it('cannot guess a password for long', async () => {
    const tries = []
    for (let n = 0; n < 12; n++)
      tries.push((await post('/login', JSON.stringify({ username: 'victim', password: `guess number ${n}` }))).status)
    expect(tries.slice(0, 10)).toEqual(Array(10).fill(401))
    expect(tries.at(-1)).toBe(429)
  })
})

describe('another site', () => {
  const foreign = { origin: 'https://evil.example' }
  it('cannot use a visitor’s session, by JSON, by form or by WebSocket', async () => {
    const query = JSON.stringify({ query: 'mutation { createToken(input: { name: "stolen" }) { secret } }' })
    expect((await post('/graphql', query, { ...json, ...foreign, cookie: overlord.cookie })).status).toBe(403)
    expect(
      (
        await post(
          '/graphql',
          `query=${encodeURIComponent('mutation { createToken(input: { name: "stolen" }) { secret } }')}`,
          {
            'content-type': 'application/x-www-form-urlencoded',
            cookie: overlord.cookie,
          },
        )
      ).status,
    ).not.toBe(200)
    expect((await post('/graphql', query, { 'content-type': 'text/plain', cookie: overlord.cookie })).status).not.toBe(
      200,
    )
    const client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, undefined, {
      ...foreign,
      cookie: overlord.cookie,
    })
    const feed = openFeed(client, 'subscription { telemetryChanged { ew } }', 'telemetryChanged')
    await feed.find(() => true).catch(() => undefined)
    expect(feed.seen).toEqual([])
    const { data } = await overlord.graph<{ tokens: { nodes: { name: string }[] } }>('{ tokens { nodes { name } } }')
    expect(data.tokens.nodes.map((token) => token.name)).not.toContain('stolen')
    await client.dispose()
  })

  it('cannot sign anybody in or out', async () => {
    expect((await post('/login', '{"username":"admin","password":"x"}', { ...json, ...foreign })).status).toBe(403)
    expect(
      (await post('/login', 'username=admin', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415)
    expect((await post('/logout', '', { ...foreign, cookie: overlord.cookie })).status).toBe(403)
  })
})

describe('roles', () => {
  const asToken = (query: string) =>
    overlord.graph(query, {}, { headers: { authorization: `Bearer ${overlord.token}` }, mayFail: true })
  it.each([
    '{ users { nodes { username } } }',
    '{ tokens { nodes { name } } }',
    '{ pluginSetup { secret } }',
    'mutation { createUser(input: { username: "x", password: "long enough pw" }) { user { id } } }',
    'mutation { createToken(input: { name: "y" }) { secret } }',
    'mutation { setPassword(input: { newPassword: "long enough pw" }) { viewer { name } } }',
  ])('a reading token may not %s', async (query) => {
    const { errors } = await asToken(query)
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN')
  })

  it('a viewer sees the guild and nothing of its management; losing the account ends the session', async () => {
    const made = await overlord.graph<{ createUser: { user: { id: string } } }>(
      'mutation { createUser(input: { username: "Viewer One", password: "a long password" }) { user { id } } }',
    )
    const answer = await post('/login', JSON.stringify({ username: 'viewer one', password: 'a long password' }))
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(/^sid=.+; Path=\/; HttpOnly; SameSite=Lax/)
    const headers = { cookie: cookie.split(';')[0]! }
    expect(
      (await overlord.graph<{ me: unknown }>('{ me { name role isToken } characters { totalCount } }', {}, { headers }))
        .data.me,
    ).toEqual({ name: 'Viewer One', role: 'VIEWER', isToken: false })
    expect(
      (await overlord.graph('{ users { nodes { username } } }', {}, { headers, mayFail: true })).errors?.[0]?.extensions
        ?.code,
    ).toBe('FORBIDDEN')
    await overlord.graph('mutation ($id: ID!) { deleteUser(input: { id: $id }) { deletedUserId } }', {
      id: made.data.createUser.user.id,
    })
    expect((await overlord.graph('{ me { name } }', {}, { headers, mayFail: true })).status).toBe(401)
  })
})
