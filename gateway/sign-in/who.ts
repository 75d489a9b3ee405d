import type { IncomingMessage } from 'node:http'
import type { People } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { isSecure, sessionsOf } from './cookie.ts'
import { isOurs, type Origins } from './origin.ts'

/** The viewer of a request, or why there is none: a wrong token is never treated as a missing one. */
export type Who = { viewer: Viewer } | { refused: 'UNAUTHENTICATED' | 'BAD_TOKEN' | 'FOREIGN_ORIGIN' }

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
): Promise<Who> {
  const bearer = token === undefined ? bearerOf(request) : token
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

/**
 * The same for whatever is not the graph itself: pages, pictures, edge rooms. The assistant's own token is refused
 * there: it only takes questions and reports answers, and the graph alone knows which operations those are.
 */
export async function identifyBesideGraph(
  request: IncomingMessage,
  people: People,
  origins: Origins,
  token?: unknown,
): Promise<Who> {
  const who = await identify(request, people, origins, token)
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
