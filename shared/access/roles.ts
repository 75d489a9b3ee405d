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

/** Refuses tokens that only read, whatever role the mutation asks for. @throws FORBIDDEN */
export function requireWriting(viewer: Viewer): void {
  if (viewer.kind === 'token' && !isAtLeast(viewer, 'operator'))
    throw fault('FORBIDDEN', 'A token writes only with the scope `command` or `admin`.')
}

/** Refuses an action on the viewer's own account. @throws FORBIDDEN */
export function requireSomebodyElse(viewer: Viewer, account: unknown): void {
  if (viewer.kind === 'user' && viewer.id === account)
    throw fault('FORBIDDEN', 'You may not do this to your own account: ask another admin.')
}
