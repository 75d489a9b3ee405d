import { createHash } from 'node:crypto'
import http from 'node:http'
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { Client as Urql, fetchExchange } from '@urql/vue'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const WHO = '{ me { name } }'
const MOVES = 'subscription Moves { telemetryChanged(characters: ["Larsson"]) { kills character { name } } }'
const MUTATION = 'mutation { createToken(input: { name: "stolen" }) { secret } }'
const RESPONSE = 'application/graphql-response+json'

let overlord: TestOverlord
let kills = 0
beforeAll(async () => {
  overlord = await startOverlord()
  await knownCharacter(overlord, 'Larsson')
})
afterAll(() => overlord[Symbol.asyncDispose]())

interface Refused {
  errors: { message: string; extensions: { code: string; hint: string; trace: string } }[]
}
const bearer = () => ({ authorization: `Bearer ${overlord.token}` })
const get = (query: string, headers: Record<string, string> = bearer(), path = '/graphql') =>
  fetch(`${overlord.url}${path}?query=${encodeURIComponent(query)}`, { headers })
const post = (body: string, headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(`${overlord.url}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...bearer(), ...headers },
  })
const ask = async (body: object) => (await (await post(JSON.stringify(body))).json()) as Record<string, unknown>

async function expectRefusal(answer: Response, status: number, code: string): Promise<void> {
  const body = (await answer.json()) as Refused
  const extensions = { code, hint: expect.any(String), trace: expect.stringMatching(/^[0-9a-f]{16,32}$/) }
  expect(body.errors).toHaveLength(1)
  expect(body).toMatchObject({ errors: [{ message: expect.any(String), extensions }] })
  expect(answer.status).toBe(status)
}

describe('[STD8] GET', () => {
  it('with a bearer token needs no further header; with a session it does', async () => {
    expect(await (await get(WHO)).json()).toEqual({ data: { me: { name: 'test' } } })
    await expectRefusal(await get(WHO, { cookie: overlord.cookie }), 403, 'CSRF_HEADER_MISSING')
    const own = await get(WHO, { cookie: overlord.cookie, 'graphql-require-preflight': '1' })
    expect(await own.json()).toEqual({ data: { me: { name: 'admin' } } })
  })

  it('takes variables and the operation’s name, and is what urql sends by default', async () => {
    const query = 'query A { me { role } } query B($first: Int!) { characters(first: $first) { totalCount } }'
    const rest = `operationName=B&variables=${encodeURIComponent('{"first":1}')}&query=${encodeURIComponent(query)}`
    const answer = await fetch(`${overlord.url}/graphql?${rest}`, { headers: bearer() })
    expect(await answer.json()).toEqual({ data: { characters: { totalCount: expect.any(Number) as number } } })
    const client = new Urql({
      url: `${overlord.url}/graphql`,
      exchanges: [fetchExchange],
      fetchOptions: { headers: bearer() },
    })
    expect((await client.query(WHO, {}).toPromise()).data).toEqual({ me: { name: 'test' } })
  })

  it('writes nothing', async () => {
    const answer = await get(MUTATION)
    expect(answer.headers.get('allow')).toBe('POST')
    await expectRefusal(answer, 405, 'WRONG_METHOD')
  })

  it('follows a stream by server-sent events', async () => {
    const heard = await following(await get(MOVES, { ...bearer(), accept: 'text/event-stream' }))
    expect(heard.type).toBe('text/event-stream; charset=utf-8')
    expect(heard.text).toMatch(/event: next\ndata: \{"data":\{"telemetryChanged":\{"kills":\d+/)
  })
})

/** Reads a stream until Larsson's second kill. */
async function following(answer: Response): Promise<{ type: string | null; text: string }> {
  await using plugin = await overlord.plugin('Larsson')
  let text = ''
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  const read = (async () => {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) text += chunk.value
  })().catch(() => undefined)
  await until('two events', () => {
    plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: ++kills })
    return text.split('telemetryChanged').length > 3
  })
  await reader.cancel()
  await read
  return { type: answer.headers.get('content-type'), text }
}

describe('[STD4] every refusal has code, hint and trace', () => {
  it.each<[string, number, string, () => Promise<Response>]>([
    ['no JSON', 400, 'BAD_USER_INPUT', () => post('{"query": ')],
    ['an empty body', 400, 'BAD_USER_INPUT', () => post('')],
    ['a batch', 400, 'BAD_USER_INPUT', () => post(JSON.stringify([{ query: WHO }]))],
    ['no document', 400, 'BAD_USER_INPUT', () => post('{}')],
    ['a document that is no text', 400, 'BAD_USER_INPUT', () => post('{"query": 1}')],
    ['variables that are no object', 400, 'BAD_USER_INPUT', () => post(JSON.stringify({ query: WHO, variables: [1] }))],
    ['another content type', 415, 'NOT_JSON', () => post(WHO, { 'content-type': 'application/graphql' })],
    ['another charset', 415, 'NOT_JSON', () => post('{}', { 'content-type': 'application/json; charset=utf-16' })],
    [
      'another method',
      405,
      'WRONG_METHOD',
      () => fetch(`${overlord.url}/graphql`, { method: 'PUT', headers: bearer() }),
    ],
    ['OPTIONS', 405, 'WRONG_METHOD', () => fetch(`${overlord.url}/graphql`, { method: 'OPTIONS', headers: bearer() })],
    ['a type that is not served', 406, 'NOT_ACCEPTABLE', () => get(WHO, { ...bearer(), accept: 'text/html' })],
    ['a stream as JSON', 406, 'NOT_ACCEPTABLE', () => post(JSON.stringify({ query: MOVES }), { accept: RESPONSE })],
    ['a body too large', 413, 'TOO_LARGE', () => post(JSON.stringify({ query: WHO + ' '.repeat(300_000) }))],
    ['another address below it', 404, 'NOT_FOUND', () => post('{}', {}, '/graphql/nothing')],
    ['nobody', 401, 'UNAUTHENTICATED', () => get(WHO, {})],
    ['a wrong token', 401, 'BAD_TOKEN', () => get(WHO, { authorization: 'Bearer ovl_nothing' })],
    [
      'an unknown hash',
      404,
      'PERSISTED_QUERY_NOT_FOUND',
      () => post(hashed('{ me { id } }', false), { accept: RESPONSE }),
    ],
    ['no GraphQL', 400, 'GRAPHQL_PARSE_FAILED', () => post('{"query": "{"}', { accept: RESPONSE })],
    ['a form of a page', 403, 'CSRF_HEADER_MISSING', () => form()],
  ])('%s: %i %s', async (_, status, code, send) => {
    await expectRefusal(await send(), status, code)
  })

  it('of an upgrade too', async () => {
    const refused = await new Promise<{ status: number; body: string }>((resolve) => {
      const socket = new WebSocket(`${overlord.url.replace('http', 'ws')}/nothing`)
      socket.on('error', () => undefined)
      socket.on('unexpected-response', (_, answer) => {
        let body = ''
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()))
        answer.on('end', () => resolve({ status: answer.statusCode!, body }))
      })
    })
    expect(refused.status).toBe(404)
    expect(JSON.parse(refused.body)).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  })
})

const form = () =>
  fetch(`${overlord.url}/graphql`, {
    method: 'POST',
    body: new URLSearchParams({ query: MUTATION }),
    headers: { cookie: overlord.cookie },
  })
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const hashed = (query: string, isSent: boolean) =>
  JSON.stringify({
    ...(isSent && { query }),
    extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(query) } },
  })

describe('[STD5] Apollo Client', () => {
  it('follows a stream over HTTP alone, in parts', async () => {
    const answer = await post(JSON.stringify({ query: MOVES }), {
      accept: 'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/json',
    })
    const { type, text } = await following(answer)
    expect(type).toBe('multipart/mixed; boundary="graphql"; subscriptionSpec=1.0')
    expect(text).toContain('\r\n--graphql\r\ncontent-type: application/json; charset=utf-8\r\n\r\n{"payload":{"data":')
    const heard: unknown[] = []
    const link = new HttpLink({ uri: `${overlord.url}/graphql`, headers: bearer() })
    const client = new ApolloClient({ cache: new InMemoryCache(), link })
    const stop = client.subscribe({ query: gql(MOVES) }).subscribe(({ data }) => void heard.push(data))
    await using plugin = await overlord.plugin('Larsson')
    await until('two events', () => {
      plugin.send({ type: 'telemetry', character_name: 'Larsson', ew: 1, ns: 2, kills: ++kills })
      return heard.length > 2
    })
    expect(heard.at(-1)).toMatchObject({ telemetryChanged: { character: { name: 'Larsson' } } })
    stop.unsubscribe()
  })

  it('sends a document once and its hash from then on, by GET if configured to', async () => {
    const sent: unknown[] = []
    const spying = new HttpLink({
      uri: `${overlord.url}/graphql`,
      headers: bearer(),
      fetch: (url, init) => {
        sent.push(init?.body)
        return fetch(url as string, init)
      },
    })
    const link = new PersistedQueryLink({ sha256: hashOf, useGETForHashedQueries: true }).concat(spying)
    const query = gql('query Known { me { name role } }')
    const asked = async () =>
      (await new ApolloClient({ cache: new InMemoryCache(), link }).query({ query })).data as unknown
    expect(await asked()).toMatchObject({ me: { name: 'test' } })
    expect(await asked()).toMatchObject({ me: { name: 'test' } })
    expect(sent).toHaveLength(3) // by hash, with the document, by hash
  })
})

describe('[STD6] a WebSocket', () => {
  it.each([{ Authorization: 'Bearer ' }, { authorization: 'bearer ' }, { headers: { Authorization: 'Bearer ' } }])(
    'takes its credential by %j too',
    async (shape) => {
      const connectionParams = JSON.parse(JSON.stringify(shape).replace(/earer /, `earer ${overlord.token}`)) as Record<
        string,
        unknown
      >
      const url = `${overlord.url.replace('http', 'ws')}/graphql`
      const client = createClient({ url, webSocketImpl: WebSocket, connectionParams, retryAttempts: 0 })
      const query = '{ me { name } }'
      expect((await client.iterate({ query, extensions: { cost: true } }).next()).value).toEqual({
        data: { me: { name: 'test' } },
        extensions: { cost: 2, limit: 250_000 },
      })
      await client.dispose()
    },
  )
})

describe('[STD7] an answer', () => {
  it('says what it cost where that is requested, on both paths', async () => {
    const query = '{ characters(first: 50) { nodes { name } } }'
    for (const _ of [1, 2])
      expect((await ask({ query, extensions: { cost: true } }))['extensions']).toEqual({ cost: 101, limit: 250_000 })
    expect(await ask({ query })).not.toHaveProperty('extensions')
    const costly = `query ($first: Int!) { characters(first: 500) { nodes { inventory { items(first: $first) {
        nodes { name value } } } } } }`
    expect(await ask({ query: costly, variables: { first: 1_000 } })).toMatchObject({
      errors: [{ extensions: { code: 'TOO_COSTLY', cost: expect.any(Number), limit: 250_000 } }],
    })
  })

  it.each(['br', 'gzip'])(
    'that is long is compressed by %s for those who accept it, and no other',
    async (encoding) => {
      const query = '{ __schema { types { name description fields { name description } } } }'
      const raw = (accepted: string, body: string) =>
        new Promise<{ encoding: string | undefined; bytes: number }>((resolve, reject) => {
          const headers = { 'content-type': 'application/json', 'accept-encoding': accepted, ...bearer() }
          const asking = http.request(`${overlord.url}/graphql`, { method: 'POST', headers }, (answer) => {
            let bytes = 0
            answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
            answer.on('end', () => resolve({ encoding: answer.headers['content-encoding'], bytes }))
          })
          asking.on('error', reject).end(body)
        })
      const long = JSON.stringify({ query })
      const plain = await raw('identity', long)
      const small = await raw(encoding, long)
      expect([plain.encoding, small.encoding]).toEqual([undefined, encoding])
      expect(small.bytes).toBeLessThan(plain.bytes / 3)
      expect((await raw(`${encoding};q=0`, long)).encoding).toBeUndefined()
      expect((await raw(encoding, JSON.stringify({ query: WHO }))).encoding).toBeUndefined()
    },
  )

  it.each(['br', 'gzip'])('that is a page was compressed by %s when it was built', async (encoding) => {
    const answer = await fetch(`${overlord.url}/`, { headers: { 'accept-encoding': encoding } })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
  })
})
