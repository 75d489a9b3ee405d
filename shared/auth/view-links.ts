// Links by which somebody without an account sees one view of the map. Their secret is known to nobody but who has it.
import { randomBytes } from 'node:crypto'
import { kept, type Pool } from '../db/pool.ts'
import { sha256 } from './secrets.ts'
import type { Viewer } from './viewer.ts'

const PREFIX = 'ovl_view_'

/** Whether a credential is the secret of a link, known or not. */
export const isViewLink = (secret: string): boolean => secret.startsWith(PREFIX)

export const newViewLink = (): string => `${PREFIX}${randomBytes(24).toString('base64url')}`

interface LinkRow {
  id: string
  ends_at: string
  stale: boolean
}

/** The visitor of a link; null if it is unknown or has ended. Its use is recorded once a minute. */
export async function visitorOf(pool: Pool, secret: string): Promise<Viewer | null> {
  const { rows } = await pool.query<LinkRow>(
    kept(
      `select id::text as id, ends_at, last_used_at is null or last_used_at < now() - interval '1 minute' as stale
       from view_links where secret_hash = $1 and ends_at > now()`,
      [sha256(secret)],
    ),
  )
  const [link] = rows
  if (!link) return null
  if (link.stale) await pool.query('update view_links set last_used_at = now() where id = $1', [link.id])
  return {
    kind: 'token',
    id: link.id,
    name: 'a visitor of a shared view',
    role: 'viewer',
    session: null,
    needsPassword: false,
    owner: false,
    only: 'share',
    until: Date.parse(link.ends_at),
  }
}
