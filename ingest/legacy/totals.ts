import type { Client, Pool } from '../../shared/db/pool.ts'
import { oldRows, type OldRow, type OldTables } from './original.ts'
import type { Report } from './report.ts'

/** The session that stands for everything counted before us. */
const IMPORTED_SESSION = 'imported'

/** Kills and rares of lives, where the original counted them. Rares it has an event of are counted by that. */
function totalsSelect(tables: OldTables): string {
  const has = (table: string, column: string) => tables.get(table)?.has(column) ?? false
  const kills = has('char_stats', 'total_kills')
    ? 'select character_name, total_kills as kills, 0 as rares from char_stats'
    : 'select null::text as character_name, 0 as kills, 0 as rares where false'
  const rares = has('rare_stats', 'total_rares')
    ? 'union all select character_name, 0, total_rares from rare_stats'
    : ''
  const events =
    rares && tables.has('rare_events')
      ? `union all select character_name, 0, -count(*) from rare_events where character_name in (select character_name
      from rare_stats) group by 1`
      : ''
  return `select to_jsonb(t) as row from (select character_name, sum(kills) as kills, greatest(sum(rares), 0) as rares
    from (${kills} ${rares} ${events}) x where character_name is not null group by 1 order by 1) t`
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 64 && !value.includes('\0')

/** LEG3: what each life amounted to stands as one session before all others; brought again it is the same. */
export async function importTotals(from: Client, pool: Pool, tables: OldTables, report: Report): Promise<void> {
  for await (const rows of oldRows(from, totalsSelect(tables))) {
    const usable = rows.filter(
      (row): row is OldRow & { character_name: string; kills: number; rares: number } =>
        isName(row['character_name']) && isCount(row['kills']) && isCount(row['rares']),
    )
    report.left('totals of characters whose name or figures we do not take', rows.length - usable.length)
    const { rowCount } = await pool.query(
      `with given as (select * from unnest($1::text[], $2::bigint[], $3::bigint[]) as g(name, kills, rares)),
       made as (insert into characters (name, first_seen_at, last_seen_at) select name, now(), now() from given g
         where not exists (select from characters c where c.name = g.name)
         on conflict (name) do update set name = excluded.name returning id, name, first_seen_at),
       whole as (select c.id, c.name, c.first_seen_at from characters c join given using (name) union select id, name,
       first_seen_at from made)
       insert into session_tallies (character_id, key, started_at, last_at, first_told_at, told_at, kills, deaths,
       tapers_used, online_s, turn, rares_untold)
       select w.id, $4, w.first_seen_at, w.first_seen_at, w.first_seen_at, w.first_seen_at, g.kills, 0, 0, 0, -1,
       g.rares
       from given g join whole w using (name)
       on conflict (character_id, key) do update set kills = excluded.kills, rares_untold = excluded.rares_untold
       where (session_tallies.kills, session_tallies.rares_untold) is distinct from (excluded.kills,
         excluded.rares_untold)`,
      [
        usable.map((row) => row.character_name),
        usable.map((row) => row.kills),
        usable.map((row) => row.rares),
        IMPORTED_SESSION,
      ],
    )
    if (rowCount) report.brought('totals of characters', rowCount)
    report.left('totals that were here already', usable.length - (rowCount ?? 0))
  }
}
