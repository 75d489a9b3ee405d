import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor } from '../../../shared/serve/connection.ts'
import { pageLoader } from '../../../shared/serve/page-loader.ts'

export interface TotalsRow {
  kills: number
  deaths: number
  rares: number
  tapersUsed: number
  onlineSeconds: number
  since: string | null
}

export interface SessionRow extends Omit<TotalsRow, 'since'> {
  character: string
  key: string
  startedAt: string
  lastAt: string
}

// For builds that do not report the length of a session, it is the time between its first and newest frame.
const ONLINE = 'coalesce(s.online_s, floor(extract(epoch from s.told_at - s.first_told_at))::bigint)'

const SELECT = `
  select c.name as character, s.key, s.started_at as "startedAt", s.last_at as "lastAt", s.kills, s.deaths,
    s.tapers_used as "tapersUsed",
    ${ONLINE} as "onlineSeconds", s.rares_untold + (select count(*) from rares r
      where r.character_id = s.character_id and r.session_key = s.key) as rares
  from session_tallies s join characters c on c.id = s.character_id`

/** The session each character played last. */
export function lastSessionLoader(pool: Pool) {
  return new DataLoader<string, SessionRow | null>(async (names) => {
    const { rows } = await pool.query<SessionRow>(
      `${SELECT.replace('select c.name', 'select distinct on (c.name) c.name')} where c.name = any($1)
       order by c.name, s.turn desc`,
      [names],
    )
    const byName = new Map(rows.map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** Pages of single characters' sessions, newest first. */
export const sessionsLoader = (pool: Pool) =>
  pageLoader<SessionRow>(async (names, page) => {
    const after = readCursor(page.after, 2)
    const [rows, counts] = await Promise.all([
      pool.query<SessionRow>(
        `${SELECT.replace(
          'from session_tallies s join characters c on c.id = s.character_id',
          `from characters c cross join lateral (select * from session_tallies x where x.character_id = c.id
             and ($2::timestamptz is null or (x.started_at, x.key) < ($2, $3))
            order by x.started_at desc, x.key desc limit $4) s`,
        )} where c.name = any($1) order by c.name, s.started_at desc, s.key desc`,
        [names, after?.[0] ?? null, after?.[1] ?? null, page.first + 1],
      ),
      pool.query<{ character: string; count: number }>(
        `select c.name as character, count(*) from session_tallies s join characters c on c.id = s.character_id
          where c.name = any($1) group by 1`,
        [names],
      ),
    ])
    return { rows: rows.rows, counts: counts.rows }
  })

const SUMS = `
  coalesce(sum(s.kills), 0)::bigint as kills, coalesce(sum(s.deaths), 0)::bigint as deaths,
    coalesce(sum(s.tapers_used), 0)::bigint as "tapersUsed",
  coalesce(sum(${ONLINE}), 0)::bigint as "onlineSeconds"`

/** Finds of which nothing but their number is known. */
const WITHOUT_FIND = 'coalesce(sum(s.rares_untold), 0)::bigint'

export function totalsLoader(pool: Pool) {
  return new DataLoader<string, TotalsRow | null>(async (names) => {
    const { rows } = await pool.query<TotalsRow & { name: string }>(
      `select c.name, ${SUMS}, c.first_seen_at as since, ${WITHOUT_FIND} + (select count(*) from rares r
        where r.character_id = c.id) as rares
       from characters c left join session_tallies s on s.character_id = c.id where c.name = any($1) group by c.id`,
      [names],
    )
    const byName = new Map(rows.map((row) => [row.name, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** The same over all characters, or over those named. */
export async function guildTotals(pool: Pool, names: readonly string[] | null): Promise<TotalsRow> {
  const { rows } = await pool.query<TotalsRow>(
    `with wanted as (select id, first_seen_at from characters where $1::text[] is null or name = any($1))
     select ${SUMS}, (select min(first_seen_at) from wanted) as since,
       ${WITHOUT_FIND} + (select count(*) from rares r where r.character_id in (select id from wanted)) as rares
     from session_tallies s where s.character_id in (select id from wanted)`,
    [names],
  )
  return rows[0]!
}
