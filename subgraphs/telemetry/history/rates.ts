import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { hourOf } from '../../../shared/world/dereth/heat-cells.ts'

export interface RatesRow {
  hours: number
  xpPerHour: number | null
  luminancePerHour: number | null
  killsPerHour: number | null
  deathsPerHour: number | null
  tapersPerHour: number | null
  onlineSeconds: number
}
interface RatesKey {
  name: string
  hours: number
}

// Sheets are compared over the time between them: the newest with the last one before the window, or with the first
// within.
const RATES = `
  select c.name, g.xp / nullif(g.hours, 0) as "xpPerHour", g.luminance / nullif(g.hours, 0) as "luminancePerHour",
    3600.0 * t.kills / nullif(t.online_s, 0) as "killsPerHour", 3600.0 * t.deaths / nullif(t.online_s, 0) as "deathsPerHour",
    3600.0 * t.tapers / nullif(t.online_s, 0) as "tapersPerHour", t.online_s as "onlineSeconds"
  from characters c
    cross join lateral (
      select coalesce(sum(kills), 0)::float8 as kills, coalesce(sum(deaths), 0)::float8 as deaths, coalesce(sum(tapers_used), 0)::float8 as tapers,
        coalesce(sum(online_s), 0)::float8 as online_s
      from tally_hours h where h.character_id = c.id and h.hour > $2) t
    left join lateral (
      select last.total_xp - first.total_xp as xp, last.luminance_earned - first.luminance_earned as luminance,
        (extract(epoch from last.received_at - first.received_at) / 3600)::float8 as hours
      from (select * from sheet_history s where s.character_id = c.id order by s.received_at desc limit 1) last,
        (select * from sheet_history s where s.character_id = c.id and s.received_at >= coalesce(
          (select max(b.received_at) from sheet_history b where b.character_id = c.id and b.received_at <= to_timestamp(($2 + 1) * 3600.0)), '-infinity')
         order by s.received_at limit 1) first
      where last.received_at > to_timestamp(($2 + 1) * 3600.0)) g on true
  where c.name = any($1)`

/** Rates of characters over the same hours are read together. */
export function ratesLoader(pool: Pool) {
  return new DataLoader<RatesKey, RatesRow | null, string>(
    async (keys) => {
      const found = new Map<string, RatesRow>()
      for (const hours of new Set(keys.map((key) => key.hours))) {
        const names = keys.filter((key) => key.hours === hours).map((key) => key.name)
        const { rows } = await pool.query<RatesRow & { name: string }>(RATES, [names, hourOf(Date.now()) - hours])
        for (const row of rows) found.set(`${hours} ${row.name}`, { ...row, hours })
      }
      return keys.map(({ name, hours }) => found.get(`${hours} ${name}`) ?? null)
    },
    { cacheKeyFn: ({ name, hours }) => `${hours} ${name}` },
  )
}
