import { fault } from '../errors.ts'
import { isAtLeast, type Role, type Viewer } from '../auth/viewer.ts'

const NEEDS: Record<Role, string> = {
  viewer: 'You may not do this.',
  operator: 'Only operators and admins may do this.',
  admin: 'Only admins may do this.',
}

/** Refuses viewers who are not signed in or below the role. @throws UNAUTHENTICATED, FORBIDDEN */
export function requireRole(viewer: Viewer | undefined, role: Role, refusal: string | null): void {
  if (!viewer) throw fault('UNAUTHENTICATED')
  if (!isAtLeast(viewer, role)) throw fault('FORBIDDEN', refusal ?? NEEDS[role])
}

/** Refuses tokens. @throws FORBIDDEN with the given text */
export function requirePerson(viewer: Viewer | undefined, refusal: string): void {
  if (!viewer) throw fault('UNAUTHENTICATED')
  if (viewer.kind !== 'user') throw fault('FORBIDDEN', refusal)
}

/**
 * Keeps the assistant's own process to what is declared for it, and everybody else from that.
 * @throws FORBIDDEN
 */
export function requireAgent(viewer: Viewer, agentOnly: boolean): void {
  if (agentOnly && viewer.only !== 'agent') throw fault('FORBIDDEN', 'Only the assistant’s own process may do this.')
  if (!agentOnly && viewer.only === 'agent')
    throw fault('FORBIDDEN', 'A token with the scope `agent` may only take questions and report answers.')
}

/**
 * Keeps the public page to what is declared for it, and everybody else from that.
 * @throws FORBIDDEN
 */
export function requirePublic(viewer: Viewer, publicOnly: boolean): void {
  if ((viewer.only === 'public') !== publicOnly)
    throw fault('FORBIDDEN', publicOnly ? 'Only the public page may read this.' : 'This is not public.')
}

/**
 * Keeps visitors of a shared view to what is declared for them, and everybody else from that.
 * @throws FORBIDDEN
 */
export function requireShare(viewer: Viewer, shareOnly: boolean): void {
  if ((viewer.only === 'share') !== shareOnly)
    throw fault('FORBIDDEN', shareOnly ? 'Only visitors of a shared view read this.' : 'This is not shared.')
}

/** Refuses streams to a credential that acts for somebody: it ends with one answer. @throws FORBIDDEN */
export function requireStreaming(viewer: Viewer): void {
  if (viewer.only === 'read') throw fault('FORBIDDEN', 'What acts for somebody follows no stream.')
}

/** Refuses whatever only reads, whatever role the mutation asks for. @throws FORBIDDEN */
export function requireWriting(viewer: Viewer): void {
  if (viewer.only === 'agent') return // what it may do at all is decided by requireAgent
  if (viewer.only === 'read') throw fault('FORBIDDEN', 'What acts for somebody only reads.')
  if (viewer.kind === 'token' && !isAtLeast(viewer, 'operator'))
    throw fault('FORBIDDEN', 'A token writes only with the scope `command` or `admin`.')
}

/** Refuses everybody but tokens that may store values of their own. @throws FORBIDDEN */
export function requireStoring(viewer: Viewer): void {
  if (viewer.kind !== 'token' || !viewer.stores || viewer.only)
    throw fault('FORBIDDEN', 'Only a token with the scope `store` stores values.')
}

/** Refuses an action on the viewer's own account. @throws FORBIDDEN */
export function requireSomebodyElse(viewer: Viewer, account: unknown): void {
  if (viewer.kind === 'user' && viewer.id === account)
    throw fault('FORBIDDEN', 'You may not do this to your own account: ask another admin.')
}
