import type { Pool } from '../../../shared/db/pool.ts'
import { likeText } from '../../../shared/serve/connection.ts'

export interface PortalRow {
  name: string | null
  ew: number
  ns: number
  z: number | null
  discoveredBy: string
  discoveredAt: string
  seenAt: string
}

/** Portals seen within the last hour, newest discovery first. */
export async function livePortals(pool: Pool, text: string | null): Promise<PortalRow[]> {
  const { rows } = await pool.query<PortalRow>(
    `select p.name, p.ew, p.ns, p.z, c.name as "discoveredBy", p.discovered_at as "discoveredAt", p.seen_at as "seenAt"
     from portals p join characters c on c.id = p.discovered_by
     where p.seen_at > now() - interval '1 hour' and ($1::text is null or p.name ilike $1)
     order by p.discovered_at desc, p.ns_tenths desc, p.ew_tenths limit 5000`,
    [text ? likeText(text) : null],
  )
  return rows
}
