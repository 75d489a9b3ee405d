import DataLoader from 'dataloader'
import type { CombatSnapshot } from '../../../shared/contract/frames/combat-stats.ts'
import type { Pool } from '../../../shared/db/pool.ts'

export interface CharacterRef {
  name: string
}

/** One session of one character: its newest snapshot, and those banked where its plugin began to count anew. */
export interface SessionRow {
  character: string
  sessionId: string
  startedAt: string
  receivedAt: string
  snapshot: CombatSnapshot
  banked: CombatSnapshot[]
}

/** All sessions of one character, newest first. */
export interface CombatRow {
  sessions: readonly SessionRow[]
}

const SELECT = `
  select c.name as character, s.key as "sessionId", s.started_at as "startedAt", s.received_at as "receivedAt", s.snapshot,
    coalesce((select jsonb_agg(p.snapshot order by p.part) from combat_parts p where p.character_id = s.character_id and p.key = s.key), '[]') as banked
  from combat_sessions s join characters c on c.id = s.character_id`

export function sessionsLoader(pool: Pool) {
  return new DataLoader<string, CombatRow | null>(async (names) => {
    const { rows } = await pool.query<SessionRow>(`${SELECT} where c.name = any($1) order by s.received_at desc`, [
      names,
    ])
    const byName = grouped(rows)
    return names.map((name) => (byName.has(name) ? { sessions: byName.get(name)! } : null))
  })
}

function grouped(rows: readonly SessionRow[]): Map<string, SessionRow[]> {
  const result = new Map<string, SessionRow[]>()
  for (const row of rows) result.set(row.character, [...(result.get(row.character) ?? []), row])
  return result
}

/** Characters that ever told a fight, by name. */
export async function fighters(pool: Pool, names: readonly string[] | null): Promise<CharacterRef[]> {
  const { rows } = await pool.query<CharacterRef>(
    'select c.name from characters c where ($1::text[] is null or c.name = any($1)) and exists (select from combat_sessions s where s.character_id = c.id) order by c.name',
    [names],
  )
  return rows
}

/** The newest session of each named character, or of all. */
export async function newestSessions(pool: Pool, names: readonly string[] | null): Promise<SessionRow[]> {
  const { rows } = await pool.query<SessionRow>(
    `select * from (${SELECT.replace('select ', 'select distinct on (c.id) ')} where ($1::text[] is null or c.name = any($1)) order by c.id, s.received_at desc) newest order by character`,
    [names],
  )
  return rows
}

/** One session; null when it is not there. */
export async function oneSession(pool: Pool, character: string, sessionId: string): Promise<SessionRow | null> {
  const { rows } = await pool.query<SessionRow>(`${SELECT} where c.name = $1 and s.key = $2`, [character, sessionId])
  return rows[0] ?? null
}
