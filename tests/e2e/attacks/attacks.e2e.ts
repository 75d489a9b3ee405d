// What somebody with bad intentions would send, at every door. Each is answered with the right refusal, and everybody
// who else is there notices nothing.
import http from 'node:http'
import net from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { Feed } from '../../../shared/testing/feed.ts'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { connectPlugin, type TestPlugin } from '../../../shared/testing/plugin.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

let overlord: TestOverlord
let witness: Feed<{ kills: number }>
let plugin: TestPlugin
let person: TestPerson
let step = 0

beforeAll(async () => {
  overlord = await startOverlord({
    env: {
      SUBSCRIPTIONS_PER_SOCKET: '5',
      SOCKETS_PER_VIEWER: '6',
      SOCKETS_PER_ADDRESS: '20',
      INTROSPECTION: 'operator',
    },
  })
  person = await aPerson(overlord, 'Plain Viewer')
  witness = overlord.feed('subscription { telemetryChanged { kills } }', 'telemetryChanged')
  plugin = await overlord.plugin('Witnessed')
})
afterAll(async () => {
  await plugin[Symbol.asyncDispose]()
  await person[Symbol.asyncDispose]()
  await overlord[Symbol.asyncDispose]()
})

/** Everybody who was there before is served as before: the stream goes on, questions are answered. */
afterEach(async () => {
  const now = ++step
  await until('the witness to receive an event', () => {
    plugin.send({ type: 'telemetry', character_name: 'Witnessed', ew: 1, ns: 1, kills: now })
    return witness.seen.some((event) => event.kills === now)
  })
  expect(witness.ended()).toBeNull()
  expect((await overlord.graph<{ me: { name: string } }>('{ me { name } }')).data.me.name).toBe('admin')
})

const json = { 'content-type': 'application/json' }
interface Reply {
  status: number
  code: string | undefined
  text: string
}
async function post(body: BodyInit, headers: Record<string, string> = {}, path = '/graphql'): Promise<Reply> {
  const init = {
    method: 'POST',
    headers: { ...json, cookie: overlord.cookie, ...headers },
    body,
    redirect: 'manual' as const,
  }
  const answer = await fetch(
    `${overlord.url}${path}`,
    body instanceof ReadableStream ? ({ ...init, duplex: 'half' } as RequestInit) : init,
  )
  const text = await answer.text()
  return { status: answer.status, code: /"code":"(\w+)"/.exec(text)?.[1], text }
}
const ask = (query: string, variables: unknown = {}) => post(JSON.stringify({ query, variables }))
/** Nothing internal is shown: no path, no statement, no stack. */
const LEAKS = /node_modules|\bselect \b|\binsert \b|\.ts:\d|\.js:\d|at \w+ \(|relation "|syntax error at|22P0|2202/i
/** Without the number of its trace, sixteen digits by chance, which may hold an error code's. */
const untraced = (text: string) => text.replaceAll(/"trace":"[0-9a-f]{16}"/g, '')

/** With a Host header of its own choosing. */
const askAs = (host: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const { port } = new URL(overlord.url)
    http
      .get({ host: '127.0.0.1', port, path, headers: { host, ...headers } }, (response) => {
        let text = ''
        response.on('data', (chunk: Buffer) => (text += chunk.toString()))
        response.on('end', () => resolve({ status: response.statusCode!, text }))
      })
      .on('error', reject)
  })

describe('from another site', () => {
  const steal = 'mutation { createToken(input: { name: "stolen" }) { secret } }'
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  it.each<[string, () => Promise<Reply>, number]>([
    ['a form', () => post(`query=${encodeURIComponent(steal)}`, form), 403],
    [
      'a form of files',
      () =>
        post(
          '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n' +
            `${JSON.stringify({ query: steal })}\r\n--x--`,
          { 'content-type': 'multipart/form-data; boundary=x' },
        ),
      403,
    ],
    ['plain text', () => post(JSON.stringify({ query: steal }), { 'content-type': 'text/plain' }), 403],
    [
      'JSON with a foreign Origin',
      () => post(JSON.stringify({ query: steal }), { origin: 'https://evil.example' }),
      403,
    ],
    ['JSON with no Origin to speak of', () => post(JSON.stringify({ query: steal }), { origin: 'null' }), 403],
  ])('%s changes nothing', async (_, send, status) => {
    expect((await send()).status).toBe(status)
    expect((await ask('{ tokens { nodes { name } } }')).text).not.toContain('stolen')
  })

  it('a link changes nothing: what writes is not taken by GET', async () => {
    const answer = await fetch(`${overlord.url}/graphql?query=${encodeURIComponent(steal)}`, {
      headers: { cookie: overlord.cookie, 'x-overlord': '1' },
    })
    expect([403, 405]).toContain(answer.status)
  })

  it.each(['evil.example', 'overlord.evil.example:4000', 'localhost.evil.example', 'a b'])(
    'a name that is not ours (%s) is answered by nothing but a refusal',
    async (host) => {
      for (const path of ['/', '/login', '/session', '/graphql?query={me{name}}'])
        expect((await askAs(host, path, { cookie: overlord.cookie })).status).toBeOneOf([400, 421])
      const socket = new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
        headers: { host },
      })
      const refused = await new Promise<string>((resolve) =>
        socket.on('error', (error) => resolve(error.message)).on('open', () => resolve('open')),
      )
      expect(refused).toMatch(/421|400/)
    },
  )

  it('the names we go by are answered', async () => {
    const { port } = new URL(overlord.url)
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, 'overlord', 'gateway:4000'])
      expect((await askAs(host, '/session', { cookie: overlord.cookie })).status).toBe(200)
  })

  it('a page is shown in no frame and runs no foreign script; every other answer may load nothing', async () => {
    for (const path of ['/', '/login', '/graphiql/']) {
      const policy = (await fetch(`${overlord.url}${path}`)).headers.get('content-security-policy')
      expect(policy).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
      expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    }
    for (const path of ['/healthz', '/graphql', '/session', '/metrics'])
      expect((await fetch(`${overlord.url}${path}`)).headers.get('content-security-policy')).toBe(
        "default-src 'none'; frame-ancestors 'none'",
      )
  })
})

describe('too much', () => {
  const deep = `{ characters { nodes { ${'rares { nodes { character { '.repeat(8)} name ${'} } }'.repeat(8)} } } }`
  const wide = `{ me { ${Array.from({ length: 2_100 }, (_, n) => `n${n % 90}: name`).join(' ')} } }`
  const bombs: [string, string][] = [
    ['200 aliases', `{ ${Array.from({ length: 200 }, (_, n) => `a${n}: me { name }`).join(' ')} }`],
    ['depth', deep],
    ['breadth', wide],
    ['tokens', `{ me { ${'name '.repeat(11_000)} } }`],
    ['nothing but brackets', '{'.repeat(50_000)],
    ['directives', `{ me { name ${'@skip(if: false) '.repeat(3_000)} } }`],
    ['a ring of fragments', '{ me { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }'],
  ]
  it.each(bombs)('in a document (%s) is refused over HTTP', async (_, query) => {
    const { status, code, text } = await ask(query)
    expect([status, code]).toEqual([expect.toBeOneOf([200, 400]), expect.stringMatching(/BAD_USER_INPUT|GRAPHQL_/)])
    expect(untraced(text)).not.toMatch(LEAKS)
    expect(text.length).toBeLessThan(20_000)
  })

  it.each(bombs)(
    'in a document (%s) is refused over the WebSocket, and ends no other stream of its socket',
    async (_, query) => {
      await using beside = person.feed<{ kills: number }>(
        'subscription { telemetryChanged { kills } }',
        'telemetryChanged',
      )
      await using refused = person.feed(query, 'me')
      await until('the refusal', () => refused.ended())
      expect(JSON.stringify(refused.ended())).toMatch(/BAD_USER_INPUT|GRAPHQL_/)
      plugin.send({ type: 'telemetry', character_name: 'Witnessed', ew: 1, ns: 1, kills: 999_000 })
      await beside.find(({ kills }) => kills === 999_000)
    },
  )

  it('at once, as a batch, is refused', async () => {
    expect((await post(JSON.stringify(Array(10).fill({ query: '{ me { name } }' })))).status).toBe(400)
  })

  it.each([
    ['a list', { names: Array(1_001).fill('x') }],
    ['a text', { names: ['x'.repeat(100_001)] }],
  ])('in %s of variables is refused, on both transports', async (_, variables) => {
    const query = 'query ($names: [String!]) { characters(where: { names: $names }) { totalCount } }'
    expect((await ask(query, variables)).code).toBe('BAD_USER_INPUT')
    await using refused = person.feed(query, 'characters', variables)
    await until('the refusal', () => refused.ended())
    expect(JSON.stringify(refused.ended())).toContain('BAD_USER_INPUT')
  })

  it('within each other is refused', async () => {
    const bottomless = `${'['.repeat(5_000)}${']'.repeat(5_000)}`
    const query = 'mutation ($b: JSON!) { saveLayout(input: { name: "x", layout: $b }) { layout { name } } }'
    const { code, text } = await post(`{"query":${JSON.stringify(query)},"variables":{"b":${bottomless}}}`)
    expect(code).toBe('BAD_USER_INPUT')
    expect(untraced(text)).not.toMatch(LEAKS)
  })

  it('in a body is refused, with or without a declared size; on the WebSocket only that operation', async () => {
    const huge = JSON.stringify({ query: '{ me { name } }', variables: { x: 'x'.repeat(300_000) } })
    expect(await post(huge)).toMatchObject({ status: 413, code: 'TOO_LARGE' })
    const withoutLength = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(huge))
        controller.close()
      },
    })
    expect(await post(withoutLength)).toMatchObject({ status: 413, code: 'TOO_LARGE' })
    const small = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"query":"{ me { name } }"}'))
        controller.close()
      },
    })
    expect((await post(small)).text).toContain('admin')
    await using beside = person.feed<{ kills: number }>(
      'subscription { telemetryChanged { kills } }',
      'telemetryChanged',
    )
    await using refused = person.feed(
      'query ($x: String) { characters(where: { text: $x }) { totalCount } }',
      'characters',
      { x: 'x'.repeat(300_000) },
    )
    await until('the refusal', () => refused.ended())
    expect(JSON.stringify(refused.ended())).toContain('TOO_LARGE')
    plugin.send({ type: 'telemetry', character_name: 'Witnessed', ew: 1, ns: 1, kills: 999_001 })
    await beside.find(({ kills }) => kills === 999_001)
    expect((await post('x'.repeat(20_000), {}, '/login')).status).toBe(413)
  })

  it('open on one socket is refused, and what is open stays', async () => {
    await using same = await person.again()
    const feeds = Array.from({ length: 5 }, () =>
      same.feed<{ kills: number }>('subscription { telemetryChanged { kills } }', 'telemetryChanged'),
    )
    for (const feed of feeds) await feed.find(() => true)
    await using sixth = same.feed('subscription { telemetryChanged { kills } }', 'telemetryChanged')
    await until('the refusal', () => sixth.ended())
    expect(JSON.stringify(sixth.ended())).toContain('TOO_MANY_STREAMS')
    expect(feeds.map((feed) => feed.ended())).toEqual([null, null, null, null, null])
    for (const feed of feeds) await feed[Symbol.asyncDispose]()
  })

  it('open by one viewer is refused, by WebSocket and by SSE; others are not', async () => {
    const crowd = await aPerson(overlord, 'Crowd')
    const sockets = await Promise.all(Array.from({ length: 7 }, () => crowd.again()))
    const feeds = sockets.map((one) => one.feed('subscription { telemetryChanged { kills } }', 'telemetryChanged'))
    const refused = await until('one of them to be refused', () => feeds.find((feed) => feed.ended()))
    expect(refused.ended()).toMatchObject({ code: 4429 })
    const query = JSON.stringify({ query: 'subscription { telemetryChanged { kills } }' })
    expect((await post(query, { cookie: crowd.cookie, accept: 'text/event-stream' })).code).toBe('TOO_MANY_STREAMS')
    expect(feeds.filter((feed) => feed.ended() === null)).toHaveLength(6)
    for (const one of [...sockets, crowd]) await one[Symbol.asyncDispose]()
  })

  it('open from one address is refused before anybody is asked who it is', async () => {
    const url = `${overlord.url.replace('http', 'ws')}/graphql`
    const open: WebSocket[] = []
    let refused = 0
    for (let n = 0; n < 30; n++) {
      const socket = new WebSocket(url, 'graphql-transport-ws')
      open.push(socket)
      await new Promise<void>((resolve) =>
        socket.on('open', resolve).on('error', (error) => ((refused += /429/.test(error.message) ? 1 : 0), resolve())),
      )
    }
    expect(refused).toBeGreaterThan(8)
    for (const socket of open) socket.terminate()
    await until('the places to be free again', async () => {
      const socket = new WebSocket(url, 'graphql-transport-ws')
      const fine = await new Promise<boolean>((resolve) =>
        socket.on('open', () => resolve(true)).on('error', () => resolve(false)),
      )
      socket.terminate()
      return fine
    })
  })
})

describe('what means nothing', () => {
  it.each([
    ['NUL in a text', '{ characters(where: { text: "a\\u0000b" }) { totalCount } }', {}],
    ['NUL in a name', 'query ($n: String!) { character(name: $n) { name } }', { n: 'a\0b' }],
    [
      'NUL in a new account',
      'mutation ($n: String!) { createUser(input: { username: $n, password: "long enough pw" }) { user { id } } }',
      { n: 'a\0b' },
    ],
    ['NUL in an id', 'mutation ($n: ID!) { deleteUser(input: { id: $n }) { deletedUserId } }', { n: '\0' }],
    ['the year 0', '{ rares(where: { since: "0000-01-01T00:00:00Z" }) { totalCount } }', {}],
    ['the year 0 by offset', '{ alerts(where: { since: "0001-01-01T00:00:00+14:00" }) { totalCount } }', {}],
    ['the year 10000 by offset', '{ rares(where: { since: "9999-12-31T23:59:59-14:00" }) { totalCount } }', {}],
    ['the 99th of a month', '{ rares(where: { since: "2026-13-99T00:00:00Z" }) { totalCount } }', {}],
    ['a cursor of another kind', '{ rares(after: "WyJub25zZW5zZSJd") { totalCount } }', {}],
    ['a cursor beyond counting', '{ rares(after: "WzFlMzA4XQ") { totalCount } }', {}],
    ['a cursor that is no number', '{ audit(after: "WyInOyBkcm9wIHRhYmxlIHVzZXJzIl0") { totalCount } }', {}],
    ['a number too large', '{ characters(first: 99999999999) { totalCount } }', {}],
    ['a variable of the wrong kind', 'query ($n: Int!) { characters(first: $n) { totalCount } }', { n: { $gt: 0 } }],
    ['an id of nobody', 'mutation { setUserRole(input: { id: "x", role: ADMIN }) { user { id } } }', {}],
    [
      'a field called __proto__',
      'mutation { saveLayout(input: { name: "x", layout: { __proto__: 1 } }) { layout { name } } }',
      {},
    ],
  ])('is refused as what it is: %s', async (_, query, variables) => {
    const { code, text } = await ask(query, variables)
    expect(code, text).toMatch(/^(BAD_USER_INPUT|NOT_FOUND|GRAPHQL_VALIDATION_FAILED)$/)
    expect(untraced(text)).not.toMatch(LEAKS)
    await using same = person.feed(query, 'x', variables as Record<string, unknown>)
    await until('the same over the WebSocket', () => same.ended())
    expect(JSON.stringify(same.ended())).toMatch(/BAD_USER_INPUT|NOT_FOUND|GRAPHQL_VALIDATION_FAILED|FORBIDDEN/)
    expect(untraced(JSON.stringify(same.ended()))).not.toMatch(LEAKS)
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\ud800',
    "'; drop table users; --",
    '%',
    '\u202e',
  ])('is a name like any other where a name may be anything: %j', async (name) => {
    const query = `query ($n: String!) { character(name: $n) { name } characters(where: { names: [$n], text: $n }) {
      totalCount } trails(characters: [$n]) { points { ew } } }`
    const { data, errors } = JSON.parse((await ask(query, { n: name })).text) as {
      data: object
      errors: { path: string[]; extensions: { code: string } }[]
    }
    expect(data).toEqual({ character: null, characters: null, trails: null })
    expect(errors.map(({ path, extensions }) => [path[0], extensions.code]).sort()).toEqual([
      ['character', 'NOT_FOUND'],
      ['characters', 'NOT_FOUND'],
      ['trails', 'NOT_FOUND'],
    ])
  })

  it.each([
    '',
    'null',
    '[]',
    '"x"',
    '{',
    '{"query":null}',
    '{"query":{}}',
    '{"query":"{ me { name } }","variables":"x"}',
    '{"query":"{ me { name } }","extensions":{"persistedQuery":{"version":1,"sha256Hash":"__proto__"}}}',
    '{"query":"","id":"../../etc/passwd"}',
    '{"documentId":"constructor"}',
    '{"__proto__":{"query":"{ me { name } }"}}',
  ])('as a body (%s) is refused or answered, never a fault of ours', async (body) => {
    const { status, text } = await post(body)
    expect(status).toBeLessThan(500)
    expect(untraced(text)).not.toMatch(LEAKS)
    expect(text).not.toContain('INTERNAL_SERVER_ERROR')
  })

  it('at the sign-in is refused: NUL, other types, a name without end', async () => {
    const sign = (body: unknown) => post(JSON.stringify(body), { cookie: '' }, '/login')
    expect(await sign({ username: 'a\0b', password: 'x' })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await sign({ username: 'admin', password: '\0' })).toMatchObject({ status: 400, code: 'BAD_USER_INPUT' })
    expect(await sign({ username: { $ne: null }, password: ['x'] })).toMatchObject({ status: 400 })
    expect(await sign({ username: 'x'.repeat(10_000), password: 'x'.repeat(5_000) })).toMatchObject({ status: 401 })
    expect(await sign({ username: '\ud800', password: '\udfff' })).toMatchObject({ status: 401 })
    expect((await fetch(`${overlord.url}/login?link=%00%ff`, { redirect: 'manual' })).status).toBe(303)
  })
})

describe('what is not shown', () => {
  it.each([
    '{ _entities(representations: [{ __typename: "Character", name: "x" }]) { __typename } }',
    '{ _service { sdl } }',
    '{ __schema { types { name } } _service { sdl } }',
  ])('is not there: %s', async (query) => {
    const { code, text } = await ask(query)
    expect(code).toBe('GRAPHQL_VALIDATION_FAILED')
    expect(text).not.toMatch(/Did you mean/)
  })

  it('introspection is answered from the role up that the operator chose, on both transports', async () => {
    const query = '{ __schema { queryType { name } } __type(name: "User") { name } }'
    expect((await ask(query)).text).toContain('"User"')
    expect(await person.code(query)).toBe('FORBIDDEN')
    await using refused = person.feed(query, '__schema')
    await until('the refusal', () => refused.ended())
    expect(JSON.stringify(refused.ended())).toContain('FORBIDDEN')
    expect(await person.code('{ me { __typename } }')).toBeNull()
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer null',
    'Bearer ovl_svc_wrong',
    'Basic YWRtaW46YWRtaW4=',
    'bearer \u00ff',
    'Bearer a b',
  ])('a credential that is not one (%j) is never nobody’s, even beside a good cookie', async (authorization) => {
    const answer = await post('{"query":"{ me { name } }"}', { authorization })
    expect(answer).toMatchObject({ status: 401, code: 'BAD_TOKEN' })
  })
})

describe('the sockets', () => {
  it('of plugins: a wrong secret, garbage and prototypes do no harm', async () => {
    await using stranger = await connectPlugin(overlord.pluginUrl, { secret: 'a guess' })
    expect((await stranger.closed).code).toBe(1008)
    await using odd = await overlord.plugin('Odd')
    for (const text of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"type":"__proto__"}',
      '{"type":"constructor","character_name":"Odd"}',
      '{"__proto__":{"type":"telemetry"}}',
      `${'['.repeat(10_000)}`,
      `{"type":"chat","character_name":"Odd","text":"nul \\u0000 half \\ud800"}`,
      '{"type":"telemetry","character_name":"Odd","ew":1e999,"ns":"NaN"}',
    ])
      odd.sendText(text)
    odd.send({ type: 'telemetry', character_name: 'Odd', ew: 1, ns: 1, kills: 5 })
    await until('the good frame after the bad ones', async () =>
      (await ask('{ character(name: "Odd") { telemetry { kills } } }')).text.includes('5'),
    )
    expect(odd.isOpen()).toBe(true)
  })

  it('of the graph: what is no GraphQL over WebSocket ends its own socket alone', async () => {
    const url = `${overlord.url.replace('http', 'ws')}/graphql`
    for (const [text, code] of [
      ['nonsense', 4400],
      ['{"type":"subscribe","id":"1","payload":{"query":"{ me { name } }"}}', 4401],
      ['x'.repeat(2_000_000), 1009],
    ] as const) {
      const socket = new WebSocket(url, 'graphql-transport-ws')
      socket.on('error', () => undefined).on('open', () => socket.send(text))
      expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(code)
    }
  })

  it('that send a header’s beginning and no end do not keep others waiting', async () => {
    const { port } = new URL(overlord.url)
    const slow = Array.from({ length: 50 }, () =>
      net.connect(Number(port), '127.0.0.1', function (this: net.Socket) {
        this.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\nX-Slow: ')
      }),
    )
    for (const socket of slow) socket.on('error', () => undefined)
    expect((await ask('{ me { name } }')).text).toContain('admin')
    for (const socket of slow) socket.destroy()
  })

  it.each([
    'GET / HTTP/1.1\r\n\r\n',
    'GET http://[::: HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'GET //evil.example/%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
  ])('that speak broken HTTP are refused: %j', async (request) => {
    const { port } = new URL(overlord.url)
    const said = await new Promise<string>((resolve) => {
      let text = ''
      const socket = net.connect(Number(port), '127.0.0.1', () => socket.write(request))
      socket
        .on('data', (chunk) => (text += chunk.toString()))
        .on('error', () => resolve(text))
        .on('close', () => resolve(text))
    })
    expect(said).toMatch(/^HTTP\/1\.1 (4\d\d|200|308)/)
    expect(said).not.toMatch(LEAKS)
  })
})
