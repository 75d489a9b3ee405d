import type { IncomingMessage } from 'node:http'
import type { People } from '../../shared/auth/people.ts'
import { isViewLink } from '../../shared/auth/view-links.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { addressOf, networkOf } from '../../shared/serve/address.ts'
import { isSecure, sessionsOf } from './cookie.ts'
import { isOurs, type Origins } from './origin.ts'

/** The viewer of a request, or why there is none: a wrong token is never treated as a missing one. */
export type Who = { viewer: Viewer } | { refused: 'UNAUTHENTICATED' | 'BAD_TOKEN' | 'FOREIGN_ORIGIN' }
/** The same with what links to shared views are refused with; `waitS` are the seconds to wait. */
export type GraphWho = Who | { refused: 'LINK_ENDED' } | { refused: 'TOO_MANY_TRIES'; waitS: number }

/**
 * The viewer of a token, a bearer header or a session cookie, in this order.
 * @param isOpen the connection is already open: its session may have a new id since
 */
export async function identify(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  token?: unknown,
  isOpen = false,
): Promise<GraphWho> {
  const bearer = token === undefined ? bearerOf(request) : token
  if (typeof bearer === 'string' && isViewLink(bearer)) return identifyVisitor(request, people, origins, bearer, isOpen)
  return identifyViewer(request, people, origins, bearer, isOpen)
}

async function identifyViewer(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  bearer: unknown,
  isOpen: boolean,
): Promise<Who> {
  if (bearer !== undefined) {
    const viewer = typeof bearer === 'string' ? await people.viewerOfToken(bearer) : null
    return viewer ? { viewer } : { refused: 'BAD_TOKEN' }
  }
  if (!isOurs(request, origins)) return { refused: 'FOREIGN_ORIGIN' }
  for (const session of sessionsOf(request, isSecure(request, origins))) {
    const viewer = await people.viewerOfSession(session, isOpen)
    if (viewer) return { viewer }
  }
  return { refused: 'UNAUTHENTICATED' }
}

/** The visitor of a shared view. An address that tries too many unknown links waits, as with wrong passwords. */
async function identifyVisitor(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  secret: string,
  isOpen: boolean,
): Promise<GraphWho> {
  const throttle = people.loginThrottle
  const key = `link ${networkOf(addressOf(request, origins))}` as const
  const waitS = isOpen ? 0 : await throttle.waitFor(key)
  if (waitS > 0) return { refused: 'TOO_MANY_TRIES', waitS }
  const viewer = await people.viewerOfToken(secret)
  if (viewer) return { viewer }
  if (!isOpen) await throttle.take([key])
  return { refused: 'LINK_ENDED' }
}

/**
 * The same for whatever is not the graph itself: pages, pictures, edge rooms. The assistant's own token and links to
 * shared views are refused there: the graph alone knows what those may do.
 */
export async function identifyBesideGraph(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  token?: unknown,
): Promise<Who> {
  const bearer = token === undefined ? bearerOf(request) : token
  if (typeof bearer === 'string' && isViewLink(bearer)) return { refused: 'BAD_TOKEN' }
  const who = await identifyViewer(request, people, origins, bearer, false)
  return 'viewer' in who && who.viewer.only === 'agent' ? { refused: 'BAD_TOKEN' } : who
}

/** The viewer of an open connection, identified again; null if there is none any more. */
export async function viewerNow(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  token?: unknown,
): Promise<Viewer | null> {
  const who = await identify(request, people, origins, token, true)
  return 'viewer' in who ? who.viewer : null
}

function bearerOf(request: IncomingMessage): string | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return undefined
  return /^bearer /i.test(authorization) ? authorization.slice(7).trim() : ''
}
