import type { IncomingMessage, ServerResponse } from 'node:http'
import type { From, People } from '../../shared/auth/people.ts'
import type { ThrottleKey } from '../../shared/auth/login-throttle.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { faultBody, type ErrorCode } from '../../shared/errors.ts'
import { sendJson } from '../../shared/serve/door.ts'
import { addressOf, networkOf } from '../../shared/serve/address.ts'
import { readJson } from '../../shared/serve/json-body.ts'
import { browserCookie, browserOf, isSecure, sessionCookie, sessionsOf } from './cookie.ts'
import { isOurs, type Origins } from './origin.ts'
import { identifyBesideGraph } from './who.ts'

/** No account has a longer name; names are cut before the lookup. */
const MAX_NAME_LENGTH = 256

/** POST /login, GET /login?link=…, POST /logout, GET /session. */
// eslint-disable-next-line max-lines-per-function -- four pages over the same people and origins
export function signInPages(people: People, origins: Origins) {
  const fromOf = (request: IncomingMessage): From => ({
    address: addressOf(request, origins),
    agent: request.headers['user-agent'] ?? null,
    before: sessionsOf(request, isSecure(request, origins)),
  })
  /** The session, and that this browser is known for its account. */
  const cookiesFor = (session: string, request: IncomingMessage, viewer: Viewer | null) => {
    const secure = isSecure(request, origins)
    const cookie = sessionCookie(session, secure, people.sessionDays)
    if (!viewer) return [cookie] // it ended just now
    return [
      cookie,
      browserCookie(people.loginThrottle.rememberBrowser(viewer.name, browserOf(request, secure)), secure),
    ]
  }

  return async function handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<boolean> {
    const what = `${request.method} ${path}`
    if (what === 'POST /login') await signIn(request, response)
    else if (what === 'POST /logout') await signOut(request, response)
    else if (what === 'GET /session') await session(request, response)
    else if (what === 'GET /login' && (request.url ?? '').includes('?link=')) await byLink(request, response)
    else return false
    return true
  }

  async function signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request, origins)) return refuse(response, 'FOREIGN_ORIGIN')
    const body = await readJson(request)
    if (typeof body === 'string') return refuse(response, body)
    const { username, password } = body
    if (typeof username !== 'string' || typeof password !== 'string')
      return refuse(response, 'BAD_USER_INPUT', 'Send {"username": …, "password": …}.')
    if (username.includes('\0') || password.includes('\0'))
      return refuse(response, 'BAD_USER_INPUT', 'Names and passwords cannot hold NUL characters.')
    const throttle = people.loginThrottle
    const browser = browserOf(request, isSecure(request, origins))
    const keys = throttle.keysOf({ account: username, address: networkOf(addressOf(request, origins)), browser })
    const wait = await throttle.take(keys)
    if (wait > 0)
      return refuse(response, 'TOO_MANY_TRIES', `Too many tries. Wait ${Math.ceil(wait / 60)} minutes.`, {
        'retry-after': String(wait),
      })
    const session = await people.signIn(username.slice(0, MAX_NAME_LENGTH), password, fromOf(request))
    if (!session) return refuse(response, 'BAD_CREDENTIALS')
    await throttle.passed(keys)
    const viewer = await people.viewerOfSession(session)
    sendJson(
      response,
      200,
      { viewer: viewer && { name: viewer.name, role: viewer.role } },
      { 'set-cookie': cookiesFor(session, request, viewer) },
    )
  }

  async function byLink(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const link = new URL(request.url ?? '/', 'http://here.invalid').searchParams.get('link') ?? ''
    const keys: ThrottleKey[] = [`address ${networkOf(addressOf(request, origins))}`]
    const session =
      (await people.loginThrottle.take(keys)) === 0 ? await people.signInByLink(link, fromOf(request)) : null
    if (session) await people.loginThrottle.passed(keys)
    const headers: Record<string, string | string[]> = {
      location: session ? '/' : '/login?expired=1',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    }
    if (session) headers['set-cookie'] = cookiesFor(session, request, await people.viewerOfSession(session))
    response.writeHead(303, headers).end()
  }

  async function signOut(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurs(request, origins)) return refuse(response, 'FOREIGN_ORIGIN')
    const secure = isSecure(request, origins)
    for (const session of sessionsOf(request, secure)) await people.signOut(session)
    response.writeHead(204, { 'set-cookie': sessionCookie('', secure, 0), 'cache-control': 'no-store' }).end()
  }

  async function session(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const who = await identifyBesideGraph(request, people, origins)
    if ('refused' in who) return refuse(response, who.refused)
    sendJson(response, 200, { viewer: { name: who.viewer.name, role: who.viewer.role } })
  }
}

function refuse(response: ServerResponse, code: ErrorCode, message?: string, headers?: Record<string, string>): void {
  const { status, body } = faultBody(code, message)
  sendJson(response, status, body, headers)
}
