import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { CommandAuditEvent, CommandOutcome } from '../../../shared/contract/commands.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { StoredFacts } from '../../../shared/pubsub/fact-stream.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'
import { writersDone } from '../../../shared/serve/stored-facts.ts'

const FIELDS = `id::text as id, at as "sentAt", upper(viewer_kind) as "actorKind", viewer_name as actor,
  character_name as character, command,
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
    `with answered as (update command_audit set outcome = $2, node = $3, answered_at = clock_timestamp()
      where id = $1 returning *),
       kept as (
         insert into audit (viewer_kind, viewer_id, viewer_name, action, subject, details, outcome)
         select viewer_kind, viewer_id, viewer_name, 'sendCommand', character_name, jsonb_build_object('command',
           command),
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

/**
 * Commands with an outcome, for streams that resume, in the order of the answers: one that was sent before may have
 * been answered later.
 */
export const storedOutcomes = (pool: Pool): StoredFacts<CommandAuditEvent> => ({
  idOf: ({ id }) => id,
  async range() {
    const { rows } = await pool.query<{ oldest: string; newest: string }>(
      `select min(id)::text as oldest, (select a.id::text from command_audit a where outcome is not null
         order by answered_at desc, a.id desc limit 1) as newest from command_audit having count(outcome) > 0`,
    )
    return rows[0] ?? null
  },
  settled: () => writersDone(pool, 'command_audit'),
  async page(after, upTo, limit) {
    const { rows } = await pool.query<CommandAuditEvent>(
      `select ${FIELDS} from command_audit a where outcome is not null
         and (answered_at, a.id) > (select coalesce(max(answered_at), '-infinity'), $1::bigint
           from command_audit where id = $1)
         and (answered_at, a.id) <= (select answered_at, id from command_audit where id = $2)
       order by answered_at, a.id limit $3`,
      [after, upTo, limit],
    )
    return rows
  },
  isNewer: (id, other) => id !== other,
})
