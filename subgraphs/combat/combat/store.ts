import DataLoader from 'dataloader'
import type { CombatSnapshot } from '../../../shared/contract/combat.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface CharacterRef {
  name: string
}
export type FighterPage = CountedPage<CharacterRef>

/** One session of one character: its newest snapshot, and those stored when its plugin's counters restarted. */
export interface FightRow {
  character: string
  sessionId: string
  /** Counts up with every change of any fight. */
  changeId: string
  startedAt: string
  receivedAt: string
  snapshot: CombatSnapshot
  banked: CombatSnapshot[]
}

/** All sessions of one character, newest first. */
export interface CombatRow {
  fights: readonly FightRow[]
}

const SELECT = `
  select c.name as character, s.key as "sessionId", s.started_at as "startedAt", s.received_at as "receivedAt",
  s.snapshot,
    s.change_id::text as "changeId",
    coalesce((select jsonb_agg(p.snapshot order by p.part) from combat_parts p where p.character_id = s.character_id
    and p.key = s.key), '[]') as banked
  from combat_sessions s join characters c on c.id = s.character_id`

/** Of two sessions reported within a millisecond, the later one by the client's clock. */
const OF_TWINS = 's.at desc, s.key desc'

// As of a moment: a session reported since then is as it last was before. Of its parts those that had ended,
// unless what is remembered is of one of these itself.
const SELECT_AT = `
  select c.name as character, s.key as "sessionId", s.started_at as "startedAt", coalesce(h.received_at, s.received_at)
  as "receivedAt",
    s.change_id::text as "changeId",
    coalesce(h.snapshot, case when s.received_at <= $2 then s.snapshot else '{}' end) as snapshot,
    coalesce((select jsonb_agg(p.snapshot order by p.part) from combat_parts p
      where p.character_id = s.character_id and p.key = s.key and p.ended_at <= $2
      and p.part < coalesce(h.part, s.part)), '[]') as banked
  from combat_sessions s join characters c on c.id = s.character_id
    left join lateral (select * from combat_history h where s.received_at > $2 and h.character_id = s.character_id
    and h.key = s.key
      and h.received_at <= $2 order by h.received_at desc limit 1) h on true
  where s.started_at <= $2 and (s.received_at <= $2 or h.part is not null)`

interface KeyAt {
  name: string
  /** ISO text; null is now. */
  at: string | null
}

/** All sessions of characters as they stand, or as they stood at a moment: one statement a moment. */
export function sessionsLoader(pool: Pool) {
  return new DataLoader<KeyAt, CombatRow | null, string>(
    async (keys) => {
      const found = new Map<string, FightRow[]>()
      for (const at of new Set(keys.map((key) => key.at))) {
        const names = keys.filter((key) => key.at === at).map((key) => key.name)
        const { rows } = at
          ? await pool.query<FightRow>(`${SELECT_AT} and c.name = any($1) order by "receivedAt" desc, ${OF_TWINS}`, [
              names,
              at,
            ])
          : await pool.query<FightRow>(
              kept(`${SELECT} where c.name = any($1) order by s.received_at desc, ${OF_TWINS}`, [names]),
            )
        for (const [name, sessions] of grouped(rows)) found.set(`${at} ${name}`, sessions)
      }
      return keys.map(({ name, at }) => {
        const sessions = found.get(`${at} ${name}`)
        return sessions ? { fights: sessions } : null
      })
    },
    { cacheKeyFn: ({ name, at }) => `${at} ${name}` },
  )
}

function grouped(rows: readonly FightRow[]): Map<string, FightRow[]> {
  const result = new Map<string, FightRow[]>()
  for (const row of rows) {
    const own = result.get(row.character)
    if (own) own.push(row)
    else result.set(row.character, [row])
  }
  return result
}

const FIGHTERS = `from characters c where ($1::text[] is null or c.name = any($1))
  and exists (select from combat_sessions s where s.character_id = c.id)`

/** A page of characters that ever reported a fight, by name, one row more than asked for when more follow. */
export async function listFighters(
  pool: Pool,
  names: readonly string[] | null,
  page: Page,
): Promise<{ rows: CharacterRef[]; count: () => Promise<number> }> {
  const [after = null] = readCursor(page.after, 1) ?? []
  const { rows } = await pool.query<CharacterRef>(
    `select c.name ${FIGHTERS} and ($2::text is null or c.name > $2) order by c.name limit $3`,
    [names, after, page.first + 1],
  )
  const count = async () => (await pool.query<{ count: number }>(`select count(*) ${FIGHTERS}`, [names])).rows[0]!.count
  return { rows, count }
}

/** The newest session of each named character, or of all. */
export async function newestFights(pool: Pool, names: readonly string[] | null): Promise<FightRow[]> {
  const { rows } = await pool.query<FightRow>(
    `select * from (${SELECT.replace('select ', 'select distinct on (c.id) ')}
      where ($1::text[] is null or c.name = any($1)) order by c.id, s.received_at desc, ${OF_TWINS}) newest
      order by character`,
    [names],
  )
  return rows
}

/** Fights of the named characters, or of all, in the order of their last changes, for streams that resume. */
export const storedFights = (pool: Pool, names: readonly string[] | null) =>
  storedFacts<FightRow>(
    pool,
    { table: 'combat_sessions', id: 'change_id' },
    {
      areStates: true,
      idOf: ({ changeId }) => changeId,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<FightRow>(
          `${SELECT} where ($1::text[] is null or c.name = any($1)) and s.change_id > $2 and s.change_id <= $3
           order by s.change_id limit $4`,
          [names, after, upTo, limit],
        )
        return rows
      },
    },
  )

/** One session; null when it is not there. */
export async function oneFight(pool: Pool, character: string, sessionId: string): Promise<FightRow | null> {
  const { rows } = await pool.query<FightRow>(`${SELECT} where c.name = $1 and s.key = $2`, [character, sessionId])
  return rows[0] ?? null
}
