import { topic, type CombatEvent } from '../../../shared/contract/topics.ts'
import type { CombatSnapshot } from '../../../shared/contract/combat.ts'
import type { Client } from '../../../shared/db/pool.ts'
import { countLate } from '../../metrics/counters.ts'
import type { Publish } from '../../rows/row.ts'
import type { CombatRow } from './rows.ts'
import type { Behind } from '../../clocks/behind.ts'
import { isPutBack } from '../../clocks/put-back.ts'
import { hasRestarted } from './reset.ts'
import { insertRows, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'
import { jsonForPostgres } from '../../rows/json.ts'
import { expectWritten } from '../../rows/stale-memory.ts'
import { sessionOf } from '../telemetry/tallies.ts'

/** The part of a session that grows now. Parts before it are banked: nothing changes them any more. */
interface Session {
  character: string
  characterNumber: number
  key: string
  part: number
  /** The client's moment of the snapshot. */
  at: string
  receivedAt: string
  snapshot: CombatSnapshot
  version: number
  behind?: Behind | null
}

const MAX_SESSIONS = 2_000
const noSessions = () => new Map<string, Session>()

const columns: Column<Session>[] = [
  ['character_id', 'int', (row) => row.characterNumber],
  ['key', 'text', (row) => row.key],
  ['started_at', 'timestamptz', (row) => row.receivedAt],
  ['received_at', 'timestamptz', (row) => row.receivedAt],
  ['at', 'timestamptz', (row) => row.at],
  ['part', 'int', (row) => row.part],
  ['snapshot', 'jsonb', (row) => jsonForPostgres(row.snapshot)],
  ['version', 'int', (row) => row.version],
]
const replace = insertRows(
  'combat_sessions',
  columns,
  `on conflict (character_id, key) do update set received_at = excluded.received_at, at = excluded.at,
    part = excluded.part,
     snapshot = excluded.snapshot, version = excluded.version where combat_sessions.version = excluded.version - 1`,
)
const bank = insertRows<Session>('combat_parts', [
  ['character_id', 'int', (row) => row.characterNumber],
  ['key', 'text', (row) => row.key],
  ['part', 'int', (row) => row.part],
  ['ended_at', 'timestamptz', (row) => row.receivedAt],
  ['snapshot', 'jsonb', (row) => jsonForPostgres(row.snapshot)],
])
const remember = insertRows<Session>(
  'combat_history',
  [
    ['character_id', 'int', (row) => row.characterNumber],
    ['key', 'text', (row) => row.key],
    ['received_at', 'timestamptz', (row) => row.receivedAt],
    ['part', 'int', (row) => row.part],
    ['snapshot', 'jsonb', (row) => jsonForPostgres(row.snapshot)],
  ],
  'on conflict do nothing',
)
const HISTORY_MS = 600_000
/** Every ten minutes a session leaves what it last was. */
const turnOf = (row: Session) => Math.floor(Date.parse(row.receivedAt) / HISTORY_MS)

/**
 * One snapshot a session: the newest includes all before it, so a lifetime is the sum over its sessions. Where a plugin
 * restarts its counters within a session, the snapshot before is stored as a part of its own.
 */
export async function writeCombat(client: Client, rows: readonly CombatRow[], ids: IdCache): Promise<Publish[]> {
  const sessions = ids.memory(noSessions)
  if (sessions.size > MAX_SESSIONS) sessions.clear()
  const fresh = rows.map((row): Session => {
    const { character, at, receivedAt, snapshot } = row
    const key = row.sessionId ?? sessionOf(ids, row) ?? ''
    return {
      character,
      characterNumber: ids.characterId(character),
      key,
      part: 0,
      at,
      receivedAt,
      snapshot,
      version: 0,
    }
  })
  await recall(client, fresh, sessions)

  const changed = new Map<string, Session>()
  const banked: Session[] = []
  const past: Session[] = []
  for (const session of fresh) {
    const id = idOf(session)
    const before = sessions.get(id)
    const restarted = before !== undefined && hasRestarted(before.snapshot, session.snapshot)
    const isLate = before && (restarted ? session.at <= before.at : session.at < before.at && !goesOn(before, session))
    if (isLate) {
      countLate('combat_stats') // CMB3
      continue
    }
    if (before && turnOf(before) !== turnOf(session)) past.push(before)
    if (restarted) banked.push(before) // CMB4
    session.version = before?.version ?? 0
    session.part = before ? before.part + (restarted ? 1 : 0) : 0
    sessions.set(id, session)
    changed.set(id, session)
  }
  const stored = [...changed.values()]
  for (const session of stored) session.version++
  if (stored.length) expectWritten(await replace(client, stored), stored)
  if (banked.length) await bank(client, banked)
  if (past.length) await remember(client, past)
  return stored.map(({ character, key, receivedAt }) => ({
    topic: topic('combat', character),
    event: { character, sessionId: key, at: receivedAt } satisfies CombatEvent,
  }))
}

/** Figures of a frame from before the newest would be smaller; by a clock that was put back they go on. */
const goesOn = (before: Session, after: Session): boolean =>
  isPutBack(before, before.at, after) && hasRestarted(after.snapshot, before.snapshot)

const idOf = ({ characterNumber, key }: { characterNumber: number; key: string }) => `${characterNumber} ${key}`

/** Brings to mind the sessions a batch speaks of. */
async function recall(client: Client, rows: readonly Session[], sessions: Map<string, Session>): Promise<void> {
  const missing = new Map(rows.filter((row) => !sessions.has(idOf(row))).map((row) => [idOf(row), row]))
  if (!missing.size) return
  const wanted = [...missing.values()]
  const { rows: stored } = await client.query<Session>(
    `select c.name as character, s.character_id as "characterNumber", s.key, s.part, s.at,
      s.received_at as "receivedAt", s.snapshot, s.version
     from combat_sessions s join unnest($1::int[], $2::text[]) as w(character_id, key) using (character_id, key)
       join characters c on c.id = s.character_id`,
    [wanted.map((row) => row.characterNumber), wanted.map((row) => row.key)],
  )
  for (const session of stored) sessions.set(idOf(session), { ...session, at: session.at ?? '' })
}
