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

// A place is one to a tenth of a map unit, as the writer rounds it: halves towards greater numbers. PRT2: the first
// character to see a portal that was unseen for an hour discovers it again.
const AT = `
  with sightings as (
    select floor(p.ns::float8 * 10 + 0.5) as ns_tenths, floor(p.ew::float8 * 10 + 0.5) as ew_tenths, p.*, $2::timestamptz - interval '1 hour' as from_at
    from portal_sightings p where p.received_at > $2::timestamptz - interval '1 day' and p.received_at <= $2
  ), runs as (
    select *, sum(begins::int) over (partition by ns_tenths, ew_tenths order by received_at) as run from (
      select *, coalesce(received_at - lag(received_at) over (partition by ns_tenths, ew_tenths order by received_at) > interval '1 hour', true) as begins
      from sightings) marked
  ), seen as (
    select ns_tenths, ew_tenths, run, max(received_at) as seen_at, min(received_at) as discovered_at, max(from_at) as from_at,
      (array_agg(character_id order by received_at))[1] as discovered_by, (array_agg(name order by received_at desc) filter (where name is not null))[1] as name,
      (array_agg(ew order by received_at desc))[1] as ew, (array_agg(ns order by received_at desc))[1] as ns,
      (array_agg(z order by received_at desc) filter (where z is not null))[1] as z
    from runs group by 1, 2, 3
  )
  select s.name, s.ew, s.ns, s.z, c.name as "discoveredBy", s.discovered_at as "discoveredAt", s.seen_at as "seenAt"
  from seen s join characters c on c.id = s.discovered_by
  where s.seen_at > s.from_at and ($1::text is null or s.name ilike $1)
  order by s.discovered_at desc, s.ns_tenths desc, s.ew_tenths limit 5000`

/** Portals seen within the hour before a moment, newest discovery first. */
export async function portalsAt(pool: Pool, text: string | null, at: Date): Promise<PortalRow[]> {
  const { rows } = await pool.query<PortalRow>(AT, [text ? likeText(text) : null, at])
  return rows
}
