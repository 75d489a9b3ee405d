/** What somebody may do; each role may do all that the one before it may. */
export const ROLES = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What a token may do. */
export const SCOPES = ['read', 'command', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

/** Whoever asks, as every room sees them. */
export interface Viewer {
  readonly kind: 'user' | 'token'
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The session this person came with, hashed; null for programs. */
  readonly session: string | null
  readonly needsPassword: boolean
  /** Characters of the guild are this person's own, of which more is seen than by others. */
  readonly owner: boolean
}

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** Whether the viewer's role is at least `role`. */
export const isAtLeast = (viewer: Viewer, role: Role): boolean => RANK[viewer.role] >= RANK[role]

/**
 * Viewers of the same sight are shown the same by every field but `me` and what is theirs alone (`sessions`, `layouts`, …):
 * what one of them watches may be shared among them. Owners of characters see what nobody else does.
 */
export const sightOf = (viewer: Viewer): string =>
  viewer.owner && viewer.role !== 'admin' ? `${viewer.role} ${viewer.id}` : viewer.role

/** The role a token's scopes amount to. */
export function roleOfScopes(scopes: readonly string[]): Role {
  if (scopes.includes('admin')) return 'admin'
  return scopes.includes('command') ? 'operator' : 'viewer'
}
