import DataLoader from 'dataloader'
import { isAtLeast, type Viewer } from '../../../shared/auth/viewer.ts'
import type { MarkReach } from '../../../shared/contract/map-marks.ts'
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import type { MapMarkColour, MapMarkShape } from '../generated/resolvers.ts'

/** How many marks one person may have, and the guild. */
const MAX_MARKS = 100
const MAX_MARKS_IN_TOTAL = 1_000
const LOCK = 7_219_007

export interface MarkRow {
  id: string
  owner: string
  mine: boolean
  shape: MapMarkShape
  points: { ew: number; ns: number }[]
  radius: number | null
  note: string
  colour: MapMarkColour
  audience: MarkReach['audience']
  expiresAt: string | null
  createdAt: string
  changedAt: string
  /** Its place in lists, in microseconds since 1970. */
  sortKey: string
}

/** What can be set of a mark, as it is stored. */
export interface MarkValues {
  ew: number[]
  ns: number[]
  radius: number | null
  note: string
  colour: string
  audience: string
  expiresAt: Date | null
}

/** $1 to $3 say who asks. */
const FIELDS = `id::text as id, owner_name as owner, (owner_kind = $1 and owner_id = $2) as mine, shape,
  (select json_agg(json_build_object('ew', p.ew, 'ns', p.ns) order by p.n)
   from unnest(ew, ns) with ordinality as p(ew, ns, n)) as points,
  radius, note, colour, audience, expires_at as "expiresAt", created_at as "createdAt", changed_at as "changedAt",
  (extract(epoch from created_at) * 1000000)::bigint::text as "sortKey"`
const SEEN = `(expires_at is null or expires_at > now())
  and (audience = 'EVERYONE' or (owner_kind = $1 and owner_id = $2) or (audience = 'OPERATORS' and $3))`
const who = (viewer: Viewer) => [viewer.kind, viewer.id, isAtLeast(viewer, 'operator')]

/** Whether a viewer sees a mark of this reach. The statements of this file say the same. */
export const seesMark = (viewer: Viewer, { ownerKind, ownerId, audience }: MarkReach): boolean =>
  audience === 'EVERYONE' ||
  (ownerKind === viewer.kind && ownerId === viewer.id) ||
  (audience === 'OPERATORS' && isAtLeast(viewer, 'operator'))

/** A page, one row more than asked for when more follow, and how many the viewer sees. */
export async function listMarks(
  pool: Pool,
  viewer: Viewer,
  page: Page,
): Promise<{ rows: MarkRow[]; totalCount: number }> {
  const [madeAt = null, id = null] = readCursor(page.after, 2) ?? []
  const [rows, count] = await Promise.all([
    pool.query<MarkRow>(
      `select * from (select ${FIELDS} from map_marks where ${SEEN}) marks
       where $4::text is null or ("sortKey"::bigint, id) > ($4::bigint, $5::text)
       order by "sortKey"::bigint, id limit $6`,
      [...who(viewer), madeAt === null ? null : String(madeAt), id, page.first + 1],
    ),
    pool.query<{ count: number }>(`select count(*) from map_marks where ${SEEN}`, who(viewer)),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

/** One mark, as the viewer sees it; null if there is none to see. */
export async function findMark(pool: Pool | Client, viewer: Viewer, id: string): Promise<MarkRow | null> {
  const { rows } = await pool.query<MarkRow>(`select ${FIELDS} from map_marks where id = $4 and ${SEEN}`, [
    ...who(viewer),
    id,
  ])
  return rows[0] ?? null
}

/** Marks by id, as the viewer sees them. */
export const marksLoader = (pool: Pool, viewer: Viewer) =>
  new DataLoader<string, MarkRow | null>(async (ids) => {
    const { rows } = await pool.query<MarkRow>(
      `select ${FIELDS} from map_marks where id = any($4::uuid[]) and ${SEEN}`,
      [...who(viewer), ids],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? null)
  })

/** Who sees a mark; null if there is none. */
export async function reachOf(pool: Pool | Client, id: string): Promise<MarkReach | null> {
  const { rows } = await pool.query<MarkReach>(
    'select owner_kind as "ownerKind", owner_id as "ownerId", audience from map_marks where id = $1',
    [id],
  )
  return rows[0] ?? null
}

/** Stores a mark, and removes those that have expired. Throws BAD_USER_INPUT if there are too many. */
export async function addMark(
  pool: Pool,
  viewer: Viewer,
  shape: MapMarkShape,
  { ew, ns, radius, note, colour, audience, expiresAt }: MarkValues,
): Promise<MarkRow> {
  return transaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]) // counted one at a time
    await client.query('delete from map_marks where expires_at <= now()')
    const { rows: counts } = await client.query<{ own: number; every: number }>(
      'select count(*) filter (where owner_kind = $1 and owner_id = $2) as own, count(*) as every from map_marks',
      [viewer.kind, viewer.id],
    )
    if (counts[0]!.own >= MAX_MARKS)
      throw fault('BAD_USER_INPUT', `You have ${MAX_MARKS} marks already. Remove one first.`)
    if (counts[0]!.every >= MAX_MARKS_IN_TOTAL)
      throw fault('BAD_USER_INPUT', `The guild has ${MAX_MARKS_IN_TOTAL} marks already. Ask for some to be removed.`)
    const { rows } = await client.query<{ id: string }>(
      `insert into map_marks (owner_kind, owner_id, owner_name, shape, ew, ns, radius, note, colour, audience,
         expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id::text as id`,
      [viewer.kind, viewer.id, viewer.name, shape, ew, ns, radius, note, colour, audience, expiresAt],
    )
    return (await findMark(client, viewer, rows[0]!.id))!
  })
}

/** Replaces what can be set of a mark. */
export async function changeMark(
  client: Client,
  id: string,
  { ew, ns, radius, note, colour, audience, expiresAt }: MarkValues,
): Promise<void> {
  await client.query(
    `update map_marks set (ew, ns, radius, note, colour, audience, expires_at, changed_at)
       = ($2::real[], $3::real[], $4::real, $5, $6, $7, $8::timestamptz, now()) where id = $1`,
    [id, ew, ns, radius, note, colour, audience, expiresAt],
  )
}

/** Removes a mark that the viewer sees; false if there is none. */
export async function deleteMark(pool: Pool, viewer: Viewer, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(`delete from map_marks where id = $4 and ${SEEN}`, [...who(viewer), id])
  return Boolean(rowCount)
}
