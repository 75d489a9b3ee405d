// The rolls of a session as text: what verifying each of them needs.
import { readCursor, writeCursor } from '../../../shared/serve/connection.ts'
import type { GmDiceLogFormat } from '../generated/resolvers.ts'
import { SHOWN_PARTS } from '../roll/store.ts'
import type { Part } from '../rules/breakdown.ts'
import type { Roll } from '../rules/roll.ts'
import type { Reads } from '../session/store.ts'

interface LoggedRoll {
  id: string
  at: string
  /** The same with microseconds, by which rolls are ordered. */
  atText: string
  turnId: string | null
  purpose: string
  roll: Roll
  parts: Part[]
  secret: string | null
}

/** Rolls that a member may see, oldest first; one more than asked for when more follow. */
async function listRolls(
  pool: Reads,
  of: { sessionId: string; userId: string },
  page: { first: number; after: string | null },
) {
  const [at = null, id = null] = readCursor(page.after, 2) ?? []
  const { rows } = await pool.query<LoggedRoll>(
    `select r.id, r.at, r.at::text as "atText", r.turn_id as "turnId", r.purpose, r.roll, ${SHOWN_PARTS},
       coalesce(r.secret, case when t.ended_at is not null then t.secret end) as secret
     from gm_rolls r left join gm_turns t on t.id = r.turn_id
     where r.session_id = $1 and (r.visible_to is null or $2 = any(r.visible_to))
       and ($3::timestamptz is null
         or (r.at, split_part(r.id, '.', 1), split_part(r.id, '.', 2)::bigint)
           > ($3::timestamptz, split_part($4::text, '.', 1), split_part($4::text, '.', 2)::bigint))
     order by r.at, split_part(r.id, '.', 1), split_part(r.id, '.', 2)::bigint limit $5`,
    [of.sessionId, of.userId, at, id, page.first + 1],
  )
  return rows
}

const jsonLine = ({ id, at, turnId, purpose, roll, parts, secret }: LoggedRoll): string =>
  JSON.stringify({ id, at, turnId, purpose, ...roll, parts, secret })

const COLUMNS = [
  ...['id', 'at', 'purpose', 'kind', 'dice', 'target_number', 'faces', 'successes', 'result', 'disaster'],
  ...['commitment', 'salt', 'secret'],
]

const csvLine = ({ id, at, purpose, roll, secret }: LoggedRoll): string =>
  [
    ...[id, new Date(at).toISOString(), purpose, roll.kind, roll.dice, roll.targetNumber],
    roll.faces.map((die) => die.join('+')).join(' '),
    ...[roll.successes, roll.result, roll.isDisaster, roll.commitment, roll.salt, secret],
  ]
    .map(csvCell)
    .join(',')

/** A cell that a spreadsheet reads as text: a formula is not one. */
function csvCell(value: string | number | boolean | null): string {
  if (value === null) return ''
  const text = String(value)
  const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
}

/** A page of the dice log as text. @throws BAD_USER_INPUT for a cursor of another list */
export async function diceLog(
  pool: Reads,
  of: { sessionId: string; userId: string },
  page: { first: number; after: string | null },
  format: GmDiceLogFormat,
) {
  const rows = await listRolls(pool, of, page)
  const shown = rows.slice(0, page.first)
  const last = shown.at(-1)
  const lines = shown.map(format === 'CSV' ? csvLine : jsonLine)
  const head = format === 'CSV' && page.after === null ? [COLUMNS.join(',')] : []
  return {
    text: [...head, ...lines].map((line) => `${line}\n`).join(''),
    rollCount: shown.length,
    endCursor: last ? writeCursor([last.atText, last.id]) : null,
    hasNextPage: rows.length > page.first,
  }
}
