import { newViewLink } from '../../../shared/auth/view-links.ts'
import { sha256 } from '../../../shared/auth/secrets.ts'
import { transaction, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import type { StoredView } from './view.ts'

/** Links of a person that may be open at a time. */
const MOST = 20

export interface LinkRow {
  id: string
  name: string
  maker: string
  moment: string | null
  createdAt: string
  expiresAt: string
  lastUsedAt: string | null
}

const SELECT = `select l.id::text as id, l.name, u.username as maker, l.view ->> 'moment' as moment,
    l.created_at as "createdAt", l.ends_at as "expiresAt", l.last_used_at as "lastUsedAt"
  from view_links l join users u on u.id = l.user_id`
const OPEN = 'l.ends_at > now()'

type Reads = Pick<Pool, 'query'>

/** The links of a person that have not ended. */
export async function ownLinks(pool: Reads, user: string): Promise<LinkRow[]> {
  const { rows } = await pool.query<LinkRow>(
    `${SELECT} where l.user_id = $1 and ${OPEN} order by l.ends_at, l.id limit ${MOST}`,
    [user],
  )
  return rows
}

/** A page of everybody's, one row more than asked for when more follow. */
export async function everybodysLinks(pool: Reads, page: Page): Promise<{ rows: LinkRow[]; totalCount: number }> {
  const [endsAt = null, id = null] = readCursor(page.after, 2) ?? []
  const { rows } = await pool.query<LinkRow>(
    `${SELECT} where ${OPEN} and ($2::timestamptz is null or (l.ends_at, l.id) > ($2::timestamptz, $3::uuid))
     order by l.ends_at, l.id limit $1`,
    [page.first + 1, endsAt, id],
  )
  const count = await pool.query<{ count: number }>(`select count(*) from view_links l where ${OPEN}`)
  return { rows, totalCount: count.rows[0]!.count }
}

/** Stores a new link; its secret exists only in the answer. @throws BAD_USER_INPUT at the limit of a person */
export function addLink(
  pool: Pool,
  user: string,
  { name, expiresAt, view }: { name: string; expiresAt: Date; view: StoredView },
): Promise<{ viewLink: LinkRow; secret: string }> {
  return transaction(pool, async (client) => {
    await client.query('delete from view_links where ends_at <= now()')
    // Two links at once are counted one after the other.
    await client.query('select from users where id = $1 for no key update', [user])
    if ((await ownLinks(client, user)).length >= MOST)
      throw fault('BAD_USER_INPUT', `You have ${MOST} links already: end one of them first.`)
    const secret = newViewLink()
    const made = await client.query<{ id: string }>(
      `insert into view_links (user_id, name, secret_hash, ends_at, view) values ($1, $2, $3, $4, $5)
       returning id::text as id`,
      [user, name, sha256(secret), expiresAt, JSON.stringify(view)],
    )
    const { rows } = await client.query<LinkRow>(`${SELECT} where l.id = $1`, [made.rows[0]!.id])
    return { viewLink: rows[0]!, secret }
  })
}

/** Ends a link; false if there is none. */
export async function endLink(pool: Reads, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from view_links where id = $1', [id])
  return rowCount === 1
}

/** Ids of the links of a person. */
export async function linksOf(pool: Reads, user: string): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>('select id::text as id from view_links where user_id = $1', [user])
  return rows.map(({ id }) => id)
}
