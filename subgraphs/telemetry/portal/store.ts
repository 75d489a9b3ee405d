import type { Circle } from '../../../shared/access/conditions.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'

export interface PortalRow {
  name: string | null
  ew: number
  ns: number
  z: number | null
  discoveredBy: string
  discoveredAt: string
  seenAt: string
  /** Its place in tenths of a map unit, by which it is known. */
  nsTenths: number
  ewTenths: number
}

// Portals seen within the last hour.
const LIVE = `
  select p.name, p.ew, p.ns, p.z, p.discovered_by, p.discovered_at, p.seen_at, p.ns_tenths, p.ew_tenths
  from portals p where p.seen_at > now() - interval '1 hour' and $2::timestamptz is null`

// A place is one to a tenth of a map unit, as the writer rounds it: halves towards greater numbers. PRT2: the first
// character to see a portal that was unseen for an hour discovers it again.
const AT = `
  with sightings as (
    select floor(p.ns::float8 * 10 + 0.5) as ns_tenths, floor(p.ew::float8 * 10 + 0.5) as ew_tenths, p.*,
      $2::timestamptz - interval '1 hour' as from_at
    from portal_sightings p where p.received_at > $2::timestamptz - interval '1 day' and p.received_at <= $2
  ), runs as (
    select *, sum(begins::int) over (partition by ns_tenths, ew_tenths order by received_at) as run from (
      select *, coalesce(received_at - lag(received_at) over (partition by ns_tenths, ew_tenths
        order by received_at) > interval '1 hour', true) as begins
      from sightings) marked
  ), seen as (
    select ns_tenths, ew_tenths, run, max(received_at) as seen_at, min(received_at) as discovered_at,
      max(from_at) as from_at,
      (array_agg(character_id order by received_at))[1] as discovered_by, (array_agg(name
        order by received_at desc) filter (where name is not null))[1] as name,
      (array_agg(ew order by received_at desc))[1] as ew, (array_agg(ns order by received_at desc))[1] as ns,
      (array_agg(z order by received_at desc) filter (where z is not null))[1] as z
    from runs group by 1, 2, 3
  )
  select name, ew, ns, z, discovered_by, discovered_at, seen_at, ns_tenths, ew_tenths from seen where seen_at > from_at`

// What is near is found by its distance, not by the character that saw it: portals are shown to all viewers.
const FILTER = `($1::text is null or s.name ilike $1) and ($3::float8[] is null
  or power(s.ew - ($3)[1], 2) + power(s.ns - ($3)[2], 2) <= power(($3)[3], 2))`
const KEY = "date_trunc('milliseconds', s.discovered_at), s.ns_tenths, s.ew_tenths"

/**
 * A page, newest discovery first, one row more than asked for when more follow, and how many match.
 * @param at those seen within the hour before it; null for the hour before now
 */
export async function listPortals(
  pool: Pool,
  { text, near }: { text: string | null; near: Circle | null },
  at: Date | null,
  page: Page,
): Promise<{ rows: PortalRow[]; totalCount: number }> {
  const [discoveredAt = null, ns = null, ew = null] = readCursor(page.after, 3) ?? []
  const portals = at ? AT : LIVE
  const values = [text ? likeText(text) : null, at, near && [near.ew, near.ns, near.distance]]
  const [rows, count] = await Promise.all([
    pool.query<PortalRow>(
      `select s.name, s.ew, s.ns, s.z, c.name as "discoveredBy", s.discovered_at as "discoveredAt",
        s.seen_at as "seenAt",
         s.ns_tenths::int as "nsTenths", s.ew_tenths::int as "ewTenths"
       from (${portals}) s join characters c on c.id = s.discovered_by
       where ${FILTER} and ($4::timestamptz is null or (${KEY}) < ($4, $5::float8, $6::float8))
       order by date_trunc('milliseconds', s.discovered_at) desc, s.ns_tenths desc, s.ew_tenths desc limit $7`,
      [...values, discoveredAt, ns, ew, page.first + 1],
    ),
    pool.query<{ count: number }>(`select count(*) from (${portals}) s where ${FILTER}`, values),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
