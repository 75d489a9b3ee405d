import type { Client } from '../../../shared/db/pool.ts'
import type { PortalRow } from './rows.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'

type Numbered = PortalRow & { characterNumber: number }
/** A portal with who saw it first and who last of a batch. */
type Sighted = { first: Numbered; last: Numbered }

const addSightings = insertRows<Numbered>('portal_sightings', [
  ['character_id', 'int', (row) => row.characterNumber],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.at],
  ['name', 'text', (row) => row.name],
  ['ew', 'real', (row) => row.ew],
  ['ns', 'real', (row) => row.ns],
  ['z', 'real', (row) => row.z],
])
const columns: Column<Sighted>[] = [
  ['ns_tenths', 'int', ({ last }) => last.nsTenths],
  ['ew_tenths', 'int', ({ last }) => last.ewTenths],
  ['name', 'text', ({ last }) => last.name],
  ['ew', 'real', ({ last }) => last.ew],
  ['ns', 'real', ({ last }) => last.ns],
  ['z', 'real', ({ last }) => last.z],
  ['discovered_by', 'int', ({ first }) => first.characterNumber],
  ['discovered_at', 'timestamptz', ({ first }) => first.receivedAt],
  ['seen_at', 'timestamptz', ({ last }) => last.receivedAt],
]
// PRT2: a portal not seen for an hour has left the list; the next character that sees it discovers it again.
const isNew = `portals.seen_at < excluded.discovered_at - interval '1 hour'`
const refresh = insertRows(
  'portals',
  columns,
  `on conflict (ns_tenths, ew_tenths) do update set name = coalesce(excluded.name, portals.name), ew = excluded.ew,
    ns = excluded.ns,
     z = coalesce(excluded.z, portals.z), seen_at = greatest(portals.seen_at, excluded.seen_at),
     discovered_by = case when ${isNew} then excluded.discovered_by else portals.discovered_by end,
     discovered_at = case when ${isNew} then excluded.discovered_at else portals.discovered_at end`,
)

/** Every sighting, and each portal once. */
export async function writePortals(client: Client, rows: readonly PortalRow[], ids: IdCache): Promise<void> {
  const numbered = rows.map((row): Numbered => ({ ...row, characterNumber: ids.characterId(row.character) }))
  const portals = new Map<string, Sighted>()
  for (const row of numbered) {
    const key = `${row.nsTenths} ${row.ewTenths}`
    const before = portals.get(key)
    // A known name or height is not lost to a sighting without one.
    const last = before ? { ...row, name: row.name ?? before.last.name, z: row.z ?? before.last.z } : row
    portals.set(key, { first: before?.first ?? row, last })
  }
  await addSightings(client, numbered)
  await refresh(client, [...portals.values()])
}
