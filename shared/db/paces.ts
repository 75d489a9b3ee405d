import type { Pool } from './pool.ts'

/** Takes `amount` of what may be done `perMinute`; false, and nothing is taken, when there is no room for it. */
export async function takePaced(pool: Pool, key: string, amount: number, perMinute: number): Promise<boolean> {
  const room = 'least($2, p.room + greatest(0, extract(epoch from now() - p.at)) / 60 * $2)'
  const { rowCount } = await pool.query(
    `insert into paces as p (key, room, at) values ($1, $2::real - $3::real, now())
     on conflict (key) do update set room = ${room} - $3, at = now() where ${room} >= $3`,
    [key, perMinute, amount],
  )
  return rowCount === 1
}
