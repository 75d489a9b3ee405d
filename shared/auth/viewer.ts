/** The role of a viewer; each role includes the one before it. */
export const ROLES = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What a token may do. */
export const SCOPES = ['read', 'command', 'admin', 'store', 'trace', 'agent'] as const
export type Scope = (typeof SCOPES)[number]

/** Who sends a request, as every room sees it. */
export interface Viewer {
  readonly kind: 'user' | 'token'
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The session this person came with, hashed; null for programs. */
  readonly session: string | null
  readonly needsPassword: boolean
  /** This person owns characters of the guild, and sees more of those than others do. */
  readonly owner: boolean
  /**
   * `read`: somebody acts for this person, who may do all that the role may, but nothing that writes, and follow no
   * stream. `agent`: the assistant's own process, which may do what is declared `@agentOnly` and nothing else.
   * `public`: the public page of Mind's Eye, which may do what is declared `@publicOnly` and nothing else. `share`: the
   * visitor of a shared view, who may do what is declared `@shareOnly` and nothing else; `id` is that of the link.
   */
  readonly only?: 'read' | 'agent' | 'public' | 'share'
  /** A token that may store values of its own. */
  readonly stores?: true
  /** When the session or token ends, in milliseconds; absent if it does not. Known to the gateway alone. */
  readonly until?: number
}

const RANK: Record<Role, number> = { viewer: 0, operator: 1, admin: 2 }

/** Whether the viewer's session or token has ended, by our clock. */
export const hasEnded = ({ until }: Viewer): boolean => until !== undefined && until <= Date.now()

/** Whether the viewer's role is at least `role`. */
export const isAtLeast = (viewer: Viewer, role: Role): boolean => RANK[viewer.role] >= RANK[role]

/**
 * Everything that a stream's content may depend on, as one text: viewers of the same rights read the same stream.
 * Whatever else a subscription's resolver comes to read of its viewer must be added here first. Owners of characters
 * see of them what nobody else does.
 */
export const rightsOf = (viewer: Viewer): string => {
  const rights = dependsOnId(viewer) ? `${viewer.role} ${viewer.kind} ${viewer.id}` : viewer.role
  return viewer.only ? `${viewer.only} only: ${rights}` : rights
}

/** Whether it matters who it is, beside the role: admins see everything anyway. */
const seesOwn = (viewer: Viewer): boolean => viewer.owner && viewer.role !== 'admin'

/** Each link shows another view. */
const dependsOnId = (viewer: Viewer): boolean => seesOwn(viewer) || viewer.only === 'share'

/**
 * The same rights without the person, if they do not depend on it: for executions shared by viewers of equal rights.
 */
export const withoutPerson = (viewer: Viewer): Viewer => ({
  kind: dependsOnId(viewer) ? viewer.kind : 'token',
  id: dependsOnId(viewer) ? viewer.id : '0',
  name: `every ${viewer.role}`,
  role: viewer.role,
  session: null,
  needsPassword: false,
  owner: seesOwn(viewer),
  ...(viewer.only && { only: viewer.only }),
})

/** The role a token's scopes amount to. */
export function roleOfScopes(scopes: readonly string[]): Role {
  if (scopes.includes('admin')) return 'admin'
  return scopes.includes('command') ? 'operator' : 'viewer'
}

/** Whether a token with these scopes is a viewer of the graph: one that only reports traces is none. */
export const readsGraph = (scopes: readonly string[]): boolean => scopes.some((scope) => scope !== 'trace')

/** The public page of Mind's Eye: nobody's viewer, with an allow-list of its own. */
export const PUBLIC_FACE: Viewer = {
  kind: 'token',
  id: 'public',
  name: 'the public page',
  role: 'viewer',
  session: null,
  needsPassword: false,
  owner: false,
  only: 'public',
}
