import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { CommandAuditEvent, CommandOutcome } from '../../../shared/contract/commands.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'

const FIELDS = `id::text as id, at as "sentAt", upper(viewer_kind) as "actorKind", viewer_name as actor, character_name as character, command,
  outcome, node, answered_at as "answeredAt"`

/** Keeps a command before it is sent; without that none is. */
export async function openAudit(pool: Pool, viewer: Viewer, character: string, command: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `insert into command_audit (viewer_kind, viewer_id, viewer_name, character_name, command)
     values ($1, $2, $3, $4, $5) returning id::text as id`,
    [viewer.kind, viewer.id, viewer.name, character, command],
  )
  return rows[0]!.id
}

/** Keeps what became of it. */
export async function closeAudit(
  pool: Pool,
  id: string,
  outcome: CommandOutcome,
  node: string | null,
): Promise<CommandAuditEvent> {
  const { rows } = await pool.query<CommandAuditEvent>(
    `with answered as (update command_audit set outcome = $2, node = $3, answered_at = now() where id = $1 returning *),
       kept as (
         insert into audit (viewer_kind, viewer_id, viewer_name, action, subject, details, outcome)
         select viewer_kind, viewer_id, viewer_name, 'sendCommand', character_name, jsonb_build_object('command', command),
           case outcome when 'DELIVERED' then 'OK' when 'NOT_ALLOWED' then 'FORBIDDEN' else outcome end from answered
       )
     select ${FIELDS} from answered`,
    [id, outcome, node],
  )
  return rows[0]!
}

/** A page of commands, newest first, one row more than asked for when more follow, and how many there are. */
export async function listAudit(pool: Pool, page: Page): Promise<{ rows: CommandAuditEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const [rows, count] = await Promise.all([
    pool.query<CommandAuditEvent>(
      `select ${FIELDS} from command_audit where $1::bigint is null or id < $1 order by command_audit.id desc limit $2`,
      [after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>('select count(*) from command_audit'),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

const MAX_OUTCOMES = 5_000

/**
 * What was answered after this command, in the order of the answers: one that was sent before may have been answered
 * later.
 */
export async function auditsAfter(pool: Pool, id: string): Promise<CommandAuditEvent[]> {
  const { rows } = await pool.query<CommandAuditEvent>(
    `select ${FIELDS} from command_audit a where outcome is not null
       and (answered_at, a.id) > (select coalesce(max(answered_at), '-infinity'), $1::bigint from command_audit where id = $1)
     order by answered_at, a.id limit ${MAX_OUTCOMES}`,
    [id],
  )
  return rows
}
