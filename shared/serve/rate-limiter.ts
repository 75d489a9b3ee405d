import type { Pool } from '../db/pool.ts'

/** Limits how often a viewer does something per minute; bursts are allowed. */
export interface RateLimiter {
  /** Whether there is room for one more now; takes it. */
  take(viewer: string): Promise<boolean>
}

/** Counted in the database: several processes of a room allow no more than one would. `what` names the action. */
export const rateLimiter = (pool: Pool, what: string, perMinute: number): RateLimiter => ({
  async take(viewer) {
    const room = 'least($2, p.room + greatest(0, extract(epoch from now() - p.at)) / 60 * $2)'
    const { rowCount } = await pool.query(
      `insert into paces as p (key, room, at) values ($1, $2::real - 1, now())
       on conflict (key) do update set room = ${room} - 1, at = now() where ${room} >= 1`,
      [`${what} ${viewer}`, perMinute],
    )
    return rowCount === 1
  },
})
