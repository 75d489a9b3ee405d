import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { From, People } from '../../shared/auth/people.ts'
import { loginThrottle } from '../../shared/auth/login-throttle.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Origins } from './origin.ts'
import { signInPages } from './sign-in.ts'

const viewer = { kind: 'user', id: '1', name: 'Larsson', role: 'operator' } as Viewer
const PASSWORD = 'right'

/** Knows one person, one link and one session; `calls` has what was asked of it. */
function guild() {
  const calls: unknown[] = []
  const wait = { seconds: 0 }
  const note = <R>(call: unknown[], result: R) => (calls.push(call), Promise.resolve(result))
  const people: Partial<People> = {
    sessionDays: 3,
    loginThrottle: {
      ...loginThrottle(null as never, 'a key for tests only'),
      take: (keys) => note(['take', ...keys], wait.seconds),
      passed: (keys) => note(['passed', ...keys], undefined),
    },
    signIn: (name: string, password: string, from: From) =>
      note(['signIn', name, from], password === PASSWORD ? 'fresh' : null),
    signInByLink: (link: string, from: From) => note(['signInByLink', link, from], link === 'good' ? 'fresh' : null),
    signOut: (session: string) => note(['signOut', session], undefined),
    viewerOfSession: (session: string) => Promise.resolve(session === 'fresh' ? viewer : null),
    viewerOfToken: () => Promise.resolve(null),
  }
  return { people: people as People, calls, wait }
}

let fixture: ReturnType<typeof guild>
let server: http.Server
let url: string
const origins: Origins = { publicUrl: undefined, trustProxy: true, allowed: ['https://tools.example'], hosts: [] }

beforeEach(async () => {
  fixture = guild()
  const handle = signInPages(fixture.people, origins)
  server = http.createServer((request, response) => {
    const path = new URL(request.url!, 'http://here.invalid').pathname
    void handle(request, response, path).then((isOurs) => {
      if (!isOurs) response.writeHead(404).end('not ours')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => new Promise((resolve) => server.close(resolve)))

const browser = { 'user-agent': 'a browser', 'x-forwarded-for': '203.0.113.7', connection: 'close' }
const from = (...before: string[]) => ({ address: '203.0.113.7', agent: 'a browser', before })
const ask = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
  fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: { ...browser, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const login = (body: unknown, headers: Record<string, string> = {}) => ask('POST', '/login', headers, body)
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code

const keysOf = (name: string) => [`pair 203.0.113.7 ${name}`, 'address 203.0.113.7', `account ${name}`]

describe('signing in', () => {
  it('gives a session in a cookie and says who that is', async () => {
    const answer = await login({ username: 'Larsson', password: PASSWORD }, { cookie: 'sid=before' })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({ viewer: { name: 'Larsson', role: 'operator' } })
    expect(answer.headers.getSetCookie()).toEqual([
      'sid=fresh; Path=/; HttpOnly; SameSite=Lax; Max-Age=259200',
      expect.stringMatching(/^browser=\S+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000$/),
    ])
    const keys = keysOf('larsson')
    expect(fixture.calls).toEqual([
      ['take', ...keys],
      ['signIn', 'Larsson', from('before')],
      ['passed', ...keys],
    ])
  })

  it('[PPL1] goes on in a browser that was signed in before, when tries of others are used up', async () => {
    const first = await login({ username: 'Larsson', password: PASSWORD })
    const browser = first.headers.getSetCookie()[1]!.split(';')[0]!
    fixture.calls.length = 0
    await login({ username: 'LARSSON', password: 'wrong' }, { cookie: browser })
    await login({ username: 'Somebody', password: 'wrong' }, { cookie: browser })
    await login({ username: 'Larsson', password: 'wrong' }, { cookie: `${browser}x` })
    const taken = fixture.calls.filter((call) => (call as unknown[])[0] === 'take')
    expect(taken).toEqual([
      ['take', expect.stringMatching(/^browser \S+ larsson$/)],
      ['take', ...keysOf('somebody')],
      ['take', ...keysOf('larsson')],
    ])
  })

  it('with a wrong password is refused, and uses up a try', async () => {
    const answer = await login({ username: 'Larsson', password: 'wrong' })
    expect([answer.status, await codeOf(answer), answer.headers.get('set-cookie')]).toEqual([
      401,
      'BAD_CREDENTIALS',
      null,
    ])
    expect(fixture.calls).toEqual([
      ['take', ...keysOf('larsson')],
      ['signIn', 'Larsson', from()],
    ])
  })

  it('waits where tries are used up, and does not even look at the password', async () => {
    fixture.wait.seconds = 61
    const answer = await login({ username: 'Larsson', password: PASSWORD })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '61'])
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect([error.code, error.message]).toEqual(['TOO_MANY_TRIES', 'Too many tries. Wait 2 minutes.'])
    expect(fixture.calls).toEqual([['take', ...keysOf('larsson')]])
    fixture.wait.seconds = 1
    expect((await login({ username: 'Larsson', password: PASSWORD })).status).toBe(429)
  })

  it('looks up names of any length, cut, and counts tries by their beginning', async () => {
    await login({ username: 'X'.repeat(300), password: PASSWORD })
    expect(fixture.calls.slice(0, 2)).toEqual([
      ['take', ...keysOf('x'.repeat(64))],
      ['signIn', 'X'.repeat(256), from()],
    ])
  })

  it.each([
    [{}],
    [{ username: 'Larsson' }],
    [{ password: PASSWORD }],
    [{ username: 7, password: PASSWORD }],
    [{ username: 'Larsson', password: 7 }],
    [{ username: 'Lars\0son', password: PASSWORD }],
    [{ username: 'Larsson', password: 'ri\0ght' }],
    [[]],
  ])('with %j is refused before anything is counted', async (body) => {
    const answer = await login(body)
    expect([answer.status, await codeOf(answer)]).toEqual([400, 'BAD_USER_INPUT'])
    expect(fixture.calls).toEqual([])
  })

  it('is refused to forms and to pages of foreign origins, and not to those allowed', async () => {
    const person = { username: 'Larsson', password: PASSWORD }
    const form = await login(person, { 'content-type': 'text/plain' })
    expect([form.status, await codeOf(form)]).toEqual([415, 'NOT_JSON'])
    const foreign = await login(person, { origin: 'https://tools.example.evil.example' })
    expect([foreign.status, await codeOf(foreign)]).toEqual([403, 'FOREIGN_ORIGIN'])
    expect(fixture.calls).toEqual([])
    expect((await login(person, { origin: 'https://tools.example' })).status).toBe(200)
  })

  it('over HTTPS sets the cookie that only HTTPS has, and ends the session of that cookie alone', async () => {
    const headers = { 'x-forwarded-proto': 'https', cookie: 'sid=planted; __Host-sid=before' }
    const answer = await login({ username: 'Larsson', password: PASSWORD }, headers)
    expect(answer.headers.getSetCookie()[0]).toBe(
      '__Host-sid=fresh; Path=/; HttpOnly; SameSite=Lax; Max-Age=259200; Secure',
    )
    expect(fixture.calls[1]).toEqual(['signIn', 'Larsson', from('before')])
  })

  it('keeps the name of no browser as none', async () => {
    const body = JSON.stringify({ username: 'Larsson', password: PASSWORD })
    await new Promise<void>((resolve) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.7' }
      http
        .request(`${url}/login`, { method: 'POST', headers }, (answer) => answer.resume().on('end', resolve))
        .end(body)
    })
    expect(fixture.calls[1]).toEqual(['signIn', 'Larsson', { ...from(), agent: null }])
  })
})

describe('signing in by a link', () => {
  const headersOf = ({ status, headers }: Response) => [
    status,
    headers.get('location'),
    headers.getSetCookie()[0] ?? null,
    ...['cache-control', 'referrer-policy'].map((name) => headers.get(name)),
  ]
  it('gives a session and leads to the dashboard', async () => {
    expect(headersOf(await ask('GET', '/login?link=good'))).toEqual([
      303,
      '/',
      'sid=fresh; Path=/; HttpOnly; SameSite=Lax; Max-Age=259200',
      'no-store',
      'no-referrer',
    ])
    expect(fixture.calls).toEqual([
      ['take', 'address 203.0.113.7'],
      ['signInByLink', 'good', from()],
      ['passed', 'address 203.0.113.7'],
    ])
  })

  const expired = [303, '/login?expired=1', null, 'no-store', 'no-referrer']
  it.each(['bad', ''])('that is not known leads back: %j', async (link) => {
    expect(headersOf(await ask('GET', `/login?link=${link}`))).toEqual(expired)
    expect(fixture.calls).toEqual([
      ['take', 'address 203.0.113.7'],
      ['signInByLink', link, from()],
    ])
  })

  it('leads back where tries are used up, and leaves the link unused', async () => {
    fixture.wait.seconds = 5
    expect(headersOf(await ask('GET', '/login?link=good'))).toEqual(expired)
    expect(fixture.calls).toEqual([['take', 'address 203.0.113.7']])
  })
})

describe('signing out', () => {
  const gone = 'sid=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0'
  it('ends the session and takes the cookie away', async () => {
    const answer = await ask('POST', '/logout', { cookie: 'sid=fresh' })
    expect([answer.status, answer.headers.get('set-cookie'), answer.headers.get('cache-control')]).toEqual([
      204,
      gone,
      'no-store',
    ])
    expect(fixture.calls).toEqual([['signOut', 'fresh']])
  })
  it('without a session takes the cookie away all the same', async () => {
    const answer = await ask('POST', '/logout')
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, gone])
    expect(fixture.calls).toEqual([])
  })
  it('is refused to foreign pages', async () => {
    const answer = await ask('POST', '/logout', { cookie: 'sid=fresh', origin: 'https://evil.example' })
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'FOREIGN_ORIGIN'])
    expect(fixture.calls).toEqual([])
  })
})

describe('asking for the session', () => {
  it('says who is signed in, or that nobody is', async () => {
    const known = await ask('GET', '/session', { cookie: 'sid=fresh' })
    expect([known.status, await known.json()]).toEqual([200, { viewer: { name: 'Larsson', role: 'operator' } }])
    const unknown = await ask('GET', '/session', { cookie: 'sid=x' })
    expect([unknown.status, await codeOf(unknown)]).toEqual([401, 'UNAUTHENTICATED'])
  })
})

it.each([
  ['GET', '/login'],
  ['GET', '/login?next=1'],
  ['GET', '/logout'],
  ['POST', '/session'],
  ['GET', '/other'],
])('%s %s is answered by somebody else', async (method, path) => {
  const answer = await ask(method, path)
  expect([answer.status, await answer.text(), fixture.calls]).toEqual([404, 'not ours', []])
})
