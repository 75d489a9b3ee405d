import { takePaced } from '../db/paces.ts'
import type { Pool } from '../db/pool.ts'

/** Limits how often a viewer does something per minute; bursts are allowed. */
export interface RateLimiter {
  /** Whether there is room for one more now; takes it. */
  take(viewer: string): Promise<boolean>
}

/** Counted in the database: several processes of a room allow no more than one would. `what` names the action. */
export const rateLimiter = (pool: Pool, what: string, perMinute: number): RateLimiter => ({
  take: (viewer) => takePaced(pool, `${what} ${viewer}`, 1, perMinute),
})
