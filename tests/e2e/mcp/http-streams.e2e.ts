// Streams and messages of /mcp that no client of the SDK sends: slow, broken, repeated, revoked.
import http from 'node:http'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
beforeAll(async () => {
  overlord = await startOverlord({ env: { AGENT: 'off', TRUST_PROXY: '1' } })
})
afterAll(() => overlord[Symbol.asyncDispose]())

interface Made {
  createToken: { token: { id: string }; secret: string }
}
const aToken = async (name: string) =>
  (
    await overlord.graph<Made>(
      'mutation ($name: String!) { createToken(input: { name: $name }) { token { id } secret } }',
      {
        name,
      },
    )
  ).data.createToken

interface Sent {
  method?: string
  token?: string
  session?: string
  body?: unknown
  headers?: Record<string, string>
}

/** Sends a request, and gives its answer once the head of it has arrived. */
async function send({ method = 'POST', token = overlord.token, session, body, headers = {} }: Sent) {
  const gone = new AbortController()
  onTestFinished(() => gone.abort())
  const response = await fetch(`${overlord.url}/mcp`, {
    method,
    headers: {
      'content-type': 'application/json',
      accept: method === 'GET' ? 'text/event-stream' : 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
      ...(session && { 'mcp-session-id': session }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: gone.signal,
  })
  const ended = response.text().then(
    (text) => ({ text, isBroken: false }),
    () => ({ text: '', isBroken: true }),
  )
  return { status: response.status, headers: response.headers, ended }
}

const initialize = {
  jsonrpc: '2.0',
  id: 'first',
  method: 'initialize',
  params: { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const call = (id: number, name: string, args: object) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
})
const watch = (id: number) => call(id, 'watch_events', { seconds: 30 })
const cancel = (id: number) => ({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id } })
const aSession = async (token = overlord.token) =>
  (await send({ token, body: initialize })).headers.get('mcp-session-id')!

/** Waits for the end of an answer, and gives the seconds that took. */
async function secondsTo(ended: Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await ended
  return (performance.now() - begun) / 1000
}

describe('the stream of a session', () => {
  it('begins at once, and gives way to a new one of the same session', async () => {
    const session = await aSession()
    const begun = performance.now()
    const first = await send({ method: 'GET', session })
    expect(first.status).toBe(200)
    expect(performance.now() - begun).toBeLessThan(2_000)
    const second = await send({ method: 'GET', session })
    expect(second.status).toBe(200)
    expect((await first.ended).isBroken).toBe(false)
  })
})

describe('a call that takes long', () => {
  it.each(['in a session', 'without a session'])('%s ends when its token is revoked', async (where) => {
    const { token, secret } = await aToken(where)
    const session = where === 'in a session' ? await aSession(secret) : undefined
    const { status, ended } = await send({ token: secret, ...(session && { session }), body: watch(1) })
    expect(status).toBe(200)
    await overlord.graph('mutation ($id: ID!) { revokeToken(input: { id: $id }) { revokedTokenId } }', { id: token.id })
    expect(await secondsTo(ended)).toBeLessThan(4)
    expect((await ended).text).not.toContain('"result"')
  })

  it('ends when another request cancels it', async () => {
    const session = await aSession()
    const { ended } = await send({ session, body: watch(1) })
    expect((await send({ session, body: cancel(1) })).status).toBe(202)
    expect(await secondsTo(ended)).toBeLessThan(4)
    expect((await send({ session, body: call(1, 'get_fleet_summary', {}) })).status).toBe(200)
  })

  it.each([
    ['cancelled in its own batch', [watch(1), cancel(1)]],
    ['with an id that another one of the batch has', [watch(1), watch(1)]],
  ])('is refused %s', async (_, body) => {
    const { status, ended } = await send({ session: await aSession(), body })
    expect([status, (await ended).text]).toEqual([400, expect.stringContaining('The id 1 is in use already.')])
    expect((await send({ body })).status).toBe(400)
  })

  it('is refused with an id that is under way, which then still ends', async () => {
    const session = await aSession()
    const { ended } = await send({ session, body: call(1, 'watch_events', { seconds: 2 }) })
    expect((await send({ session, body: watch(1) })).status).toBe(400)
    expect((await ended).text).toContain('"result"')
  })
})

describe('a message', () => {
  const nested = (depth: number, inner: string) =>
    `{"jsonrpc":"2.0","id":1,"method":"ping","params":${'{"a":'.repeat(depth)}${inner}${'}'.repeat(depth)}}`

  it('that nests 20,000 deep is refused; brackets within its texts do not count', async () => {
    const session = await aSession()
    expect((await send({ session, body: nested(20_000, '1') })).status).toBe(400)
    expect((await send({ session, body: nested(2, `"\\"${'['.repeat(1_000)}"`) })).status).toBe(200)
  })

  it('that is a batch of more than 16 is refused', async () => {
    const batch = (size: number) => Array.from({ length: size }, (_, id) => call(id, 'get_server_health', {}))
    const session = await aSession()
    const { status, ended } = await send({ session, body: batch(17) })
    expect([status, (await ended).text]).toEqual([400, expect.stringContaining('A batch has at most 16 messages.')])
    const answered = await send({ session, body: batch(16) })
    expect((await answered.ended).text.match(/"result"/g)).toHaveLength(16)
  })

  it('that does not arrive is not waited for', async () => {
    const request = http.request(`${overlord.url}/mcp`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': 100, authorization: `Bearer ${overlord.token}` },
    })
    request.on('error', () => undefined).write('{')
    const status = await new Promise((resolve) => request.on('response', (answer) => resolve(answer.statusCode)))
    expect(status).toBe(408)
    await until('it is closed', () => Promise.resolve(request.destroyed))
  })

  it('with an address that is not percent-encoded is refused as such', async () => {
    const read = { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'overlord://character/%zz' } }
    const { ended } = await send({ body: read })
    expect((await ended).text).toContain('"code":-32602')
  })

  it('of a method that we do not serve is answered 405', async () => {
    const status = await new Promise((resolve) =>
      http
        .request(`${overlord.url}/mcp`, { method: 'TRACE' }, ({ statusCode, headers }) =>
          resolve([statusCode, headers.allow]),
        )
        .end(),
    )
    expect(status).toEqual([405, 'GET, POST, DELETE'])
  })
})

it('behind a proxy with HTTPS, the metadata name our address there', async () => {
  const headers = { 'x-forwarded-proto': 'https' }
  const metadata = await fetch(`${overlord.url}/.well-known/oauth-protected-resource/mcp`, { headers })
  expect(await metadata.json()).toMatchObject({ resource: `${overlord.url.replace('http:', 'https:')}/mcp` })
  const { headers: refused } = await send({ body: initialize, headers: { ...headers, authorization: '' } })
  expect(refused.get('www-authenticate')).toContain('resource_metadata="https://')
})
