import type { Pool } from '../../../shared/db/pool.ts'
import { AFTER_FILTER, filterRares, type RareSelection } from './store.ts'

export interface TierCount {
  tier: string
  count: number
}
export interface NameCount extends TierCount {
  name: string
  lastAt: string
}
export interface Finder {
  character: string
  count: number
  great: number
  lastAt: string
  killsSince: number | null
  killsPerRare: number | null
}

const FROM = 'from rares r join characters c on c.id = r.character_id'

/** Finds by tier, most first. */
export async function countTiers(pool: Pool, { where, asker }: RareSelection): Promise<TierCount[]> {
  const { text, values } = filterRares(where, asker)
  const { rows } = await pool.query<TierCount>(
    `select r.tier, count(*)::int as count ${FROM} where ${text} group by 1 order by 2 desc, 1`,
    values,
  )
  return rows
}

/** Finds by name, most first. */
export async function countNames(pool: Pool, { where, asker }: RareSelection, first: number): Promise<NameCount[]> {
  const { text, values } = filterRares(where, asker)
  const { rows } = await pool.query<NameCount>(
    `select r.name, min(r.tier) as tier, count(*)::int as count, max(r.received_at) as "lastAt" ${FROM} where ${text}
     group by 1 order by 3 desc, 1 limit $${AFTER_FILTER}`,
    [...values, first],
  )
  return rows
}

/** Finds by character, most first, with kills since the last: of a life, less those up to the find. */
export async function countFinders(pool: Pool, { where, asker }: RareSelection, first: number): Promise<Finder[]> {
  const { text, values } = filterRares(where, asker)
  const { rows } = await pool.query<Finder>(
    `select c.name as character, f.count, f.great, f.last_at as "lastAt", l.kills - f.last_kills as "killsSince",
       (f.last_kills - f.first_kills)::float8 / nullif(f.known - 1, 0) as "killsPerRare"
     from (select r.character_id, count(*)::int as count, (count(*) filter (where r.tier = 'GREAT'))::int as great,
       max(r.received_at) as last_at,
             count(r.life_kills) as known, min(r.life_kills) as first_kills,
             (array_agg(r.life_kills order by r.received_at desc, r.id desc))[1] as last_kills
           ${FROM} where ${text} group by 1) f
       join characters c on c.id = f.character_id
       left join lateral (select sum(s.kills)::bigint as kills from session_tallies s
         where s.character_id = f.character_id) l on true
     order by f.count desc, c.name limit $${AFTER_FILTER}`,
    [...values, first],
  )
  return rows
}
