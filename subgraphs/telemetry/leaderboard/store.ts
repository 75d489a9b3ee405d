import type { Pool } from '../../../shared/db/pool.ts'
import { hourOf } from '../../../shared/world/dereth/heat-cells.ts'
import type { LeaderboardMetric } from '../generated/resolvers.ts'

export interface PlaceRow {
  rank: number
  character: string
  value: number
}

/** Time in the game below which an hourly rate means nothing, in seconds. */
const ENOUGH_S = 1_800

const online = 'coalesce(online_s, floor(extract(epoch from told_at - first_told_at))::bigint)'
// Each gives character_id and value. $1 is the last hour before the window; null asks for whole lives.
const hours = (value: string) => `
  select character_id, (${value})::float8 as value from (
    select character_id, sum(kills) as kills, sum(deaths) as deaths, sum(tapers_used) as tapers_used,
      sum(online_s) as online_s
    from tally_hours where hour > $1 group by 1) t`
const lives = (value: string) => `
  select character_id, (${value})::float8 as value from (
    select character_id, sum(kills) as kills, sum(deaths) as deaths, sum(tapers_used) as tapers_used,
      sum(${online}) as online_s
    from session_tallies where $1::int is null group by 1) t`
const rares = (only: string) => `
  select character_id, count(*)::float8 as value from rares
  where ($1::int is null or received_at >= to_timestamp(($1 + 1) * 3600.0)) ${only} group by 1`
// Includes rares known only as a number, from before finds were reported.
const RARES_OF_LIVES = `
  select character_id, sum(value) as value from (${rares('')}
    union all select character_id, sum(rares_untold)::float8 from session_tallies where $1::int is null group by 1) t
  group by 1`
// Of sheets the newest, less the last one before the window, or the first one known.
const sheets = (column: string) => `
  select c.id as character_id, (last.${column} - coalesce(before.${column}, first.${column}))::float8 as value
    from characters c
    cross join lateral (select ${column} from sheet_history s where s.character_id = c.id and s.${column} is not null
      and ($1::int is null or s.received_at >= to_timestamp(($1 + 1) * 3600.0)) order by s.received_at desc
        limit 1) last
    cross join lateral (select ${column} from sheet_history s where s.character_id = c.id and s.${column} is not null
      and ($1::int is null or s.received_at >= to_timestamp(($1 + 1) * 3600.0)) order by s.received_at limit 1) first
    left join lateral (select ${column} from sheet_history s where s.character_id = c.id and s.${column} is not null
      and s.received_at < to_timestamp(($1 + 1) * 3600.0) order by s.received_at desc limit 1) before on true`

const perHour = `case when online_s >= ${ENOUGH_S} then 3600.0 * kills / online_s end`
const tallied = (value: string) => ({ window: hours(value), life: lives(value) })
const same = (text: string) => ({ window: text, life: text })
const metrics: Record<LeaderboardMetric, { window: string; life: string }> = {
  KILLS: tallied('kills'),
  DEATHS: tallied('deaths'),
  TAPERS: tallied('tapers_used'),
  ONLINE: tallied('online_s'),
  KILLS_PER_HOUR: tallied(perHour),
  RARES: { window: rares(''), life: RARES_OF_LIVES },
  GREAT_RARES: same(rares("and tier = 'GREAT'")),
  XP: same(sheets('total_xp')),
  LUMINANCE: same(sheets('luminance_earned')),
}

/** The best by a metric, best first; of the last hours, or of whole lives when that is null. */
export async function leaderboard(
  pool: Pool,
  metric: LeaderboardMetric,
  { hours, characters, first }: { hours: number | null; characters: readonly string[] | null; first: number },
): Promise<PlaceRow[]> {
  const { rows } = await pool.query<PlaceRow>(
    `select rank() over (order by v.value desc) as rank, c.name as character, v.value
     from (${metrics[metric][hours === null ? 'life' : 'window']}) v join characters c on c.id = v.character_id
     where v.value > 0 and ($2::text[] is null or c.name = any($2)) order by v.value desc, c.name limit $3`,
    [hours === null ? null : hourOf(Date.now()) - hours, characters, first],
  )
  return rows
}
