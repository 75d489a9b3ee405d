import type { Viewer } from '../../shared/auth/viewer.ts'
import { isAtLeast, type Role } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { fault } from '../../shared/errors.ts'

/** Where and with what a plugin connects. */
export interface PluginAddress {
  url: string
  secret: string
}

/** What every resolver gets; the only way to the world. */
export interface Context {
  viewer: Viewer
  pool: Pool
  plugin: PluginAddress
}

const NEEDS: Record<Role, string> = {
  viewer: 'You may not do this.',
  operator: 'Only operators and admins may do this.',
  admin: 'Only admins may do this.',
}

/** Refuses a viewer below the role. */
export function mustBe(role: Role, { viewer }: Context): void {
  if (!isAtLeast(viewer, role)) throw fault('FORBIDDEN', NEEDS[role])
}
