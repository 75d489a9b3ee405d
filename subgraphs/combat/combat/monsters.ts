import type { Pool } from '../../../shared/db/pool.ts'
import { likeText } from '../../../shared/serve/connection.ts'

const DAY_MS = 86_400_000

export interface MonsterTotal {
  name: string
  kills: number
  damageGiven: number
  damageReceived: number
  characterCount: number
}

export interface MonsterSelection {
  since: Date | string | null | undefined
  until: Date | string | null | undefined
  characters: readonly string[] | null
  text: string | null | undefined
  first: number
}

const dayOf = (moment: Date | string | null | undefined): number | null =>
  moment == null ? null : Math.floor(new Date(moment).getTime() / DAY_MS)

/** The monsters that were killed most, most first. */
export async function topMonsters(
  pool: Pool,
  { since, until, characters, text, first }: MonsterSelection,
): Promise<MonsterTotal[]> {
  const { rows } = await pool.query<MonsterTotal>(
    `select d.monster as name, sum(d.kills)::bigint as kills, sum(d.damage_given)::bigint as "damageGiven",
       sum(d.damage_received)::bigint as "damageReceived", count(distinct d.character_id)::int as "characterCount"
     from monster_days d where ($1::text[] is null or d.character_id in (select id from characters
     where name = any($1)))
       and d.day >= coalesce($2, -2147483648) and d.day <= coalesce($3, 2147483647)
       and ($4::text is null or d.monster ilike $4)
     group by d.monster order by 2 desc, 3 desc, 1 limit $5`,
    [characters, dayOf(since), dayOf(until), text ? likeText(text) : null, first],
  )
  return rows
}
