// The audit of writes. One table for every room with mutations.
import type { Pool } from '../db/pool.ts'

/** Who did it: a person, a program, someone with a shell on the server, or an unknown client. */
export interface AuditBy {
  kind: 'user' | 'token' | 'console' | 'stranger'
  id: string | null
  name: string
}

/** An action. Never put a secret into `details`. */
export interface AuditEntry {
  by: AuditBy
  /** The mutation, or `signIn`, `signInByLink`, `signOut`. */
  action: string
  /** What it was done to: a name or an id. */
  subject?: string | null
  details?: Record<string, unknown>
  /** Shortened. */
  address?: string | null
}

/** Someone with a shell on the server. */
export const CONSOLE: AuditBy = { kind: 'console', id: null, name: 'console' }

const MAX_LENGTH = 200
const plain = (text: string) => text.slice(0, MAX_LENGTH).replaceAll('\0', '').toWellFormed()

/**
 * Stores an entry and returns its id.
 * @param outcome `OK` or the code of a refusal; null while the action runs
 */
export async function keepEntry(pool: Pick<Pool, 'query'>, entry: AuditEntry, outcome: string | null): Promise<string> {
  const { by, action, subject, details, address } = entry
  const { rows } = await pool.query<{ id: string }>(
    `insert into audit (viewer_kind, viewer_id, viewer_name, action, subject, details, outcome, address)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning id::text as id`,
    [
      by.kind,
      by.id,
      plain(by.name),
      action,
      subject == null ? null : plain(subject),
      JSON.stringify(details ?? {}),
      outcome,
      address ?? null,
    ],
  )
  return rows[0]!.id
}

/** Stores the outcome of an entry. */
export async function closeEntry(pool: Pool, id: string, outcome: string): Promise<void> {
  await pool.query('update audit set outcome = $2 where id = $1', [id, outcome])
}
