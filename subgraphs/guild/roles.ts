import type { Role as StoredRole } from '../../shared/auth/viewer.ts'
import type { Role } from './generated/resolvers.ts'

export const toGraph = (role: StoredRole): Role => role.toUpperCase() as Role
export const fromGraph = (role: Role): StoredRole => role.toLowerCase() as StoredRole
