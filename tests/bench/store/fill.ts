// Thirty days of a guild, put straight into the tables: sending them would take days. Everything a writer keeps beside
// them is counted from them by SQL.
import { ensureDays } from '../../../shared/db/partitions.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { HEAT_EDGE, HEAT_SIZE } from '../../../shared/world/dereth/heat-cells.ts'

export const CHARACTERS = 60
export const DAYS = 30
const SPAWN_DAYS = 7
const DAY_MS = 86_400_000
const STEP_S = 2
const MONSTERS = 40

export const nameOf = (n: number): string => `Runner ${n}`

/** The characters, and one login a day for each. */
export async function fillPeople(pool: Pool, now: Date): Promise<void> {
  await pool.query(
    `insert into characters (name, first_seen_at, last_seen_at) select 'Runner ' || n,
      $1::timestamptz - interval '30 days', $1
     from generate_series(0, ${CHARACTERS - 1}) n on conflict do nothing`,
    [now],
  )
  await pool.query(
    `insert into play_sessions (character_id, key, started_at) select c.id, c.name || '-' || d,
      $1::timestamptz - make_interval(days => d)
     from characters c cross join generate_series(0, ${DAYS - 1}) d where c.name like 'Runner %'
     on conflict do nothing`,
    [now],
  )
  await pool.query(
    `insert into monsters (name) select 'Monster ' || n from generate_series(1, ${MONSTERS}) n on conflict do nothing`,
  )
}

const FROM_CHARACTERS = `(select id, substr(name, 8)::int as n from characters where name like 'Runner %') c`

/**
 * Telemetry of days back from now, each character a step every two seconds in one login a day; today's end now.
 * @param rows of all days together
 */
export async function fillTelemetry(pool: Pool, now: Date, rows: number, days: readonly number[]): Promise<void> {
  const steps = Math.round(rows / CHARACTERS / DAYS)
  await ensureDays(pool, momentsOf(now, days))
  await inPairs(days, (day) =>
    pool.query(
      `insert into telemetry (character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s,
        deaths, total_deaths, rares_found,
         tapers, state, memory_mb, cpu_percent, handles, latency_ms, step)
       select c.id, p.id, t, t - interval '80 ms',
       (c.n * 2.9 - 85) + 3 * sin(s / 700.0 + c.n) + 0.4 * sin(s / 31.0) + random() / 50,
         (c.n * 37 % 170 - 85) + 3 * cos(s / 900.0 + c.n) + random() / 50, 0.3, s / 3, 700 + 90 * sin(s / 300.0),
         s * ${STEP_S}, s / 4000,
         100 + $2::int, 1, 4000 - s / 100, (array['combat', 'combat', 'navigation', 'idle'])[1 + (s / 100) % 4], 512.5,
         4.5, 1100, 61.5, (s * 2) % 20 < 2
       from generate_series(1, $3::int) s cross join ${FROM_CHARACTERS}
         join play_sessions p on p.character_id = c.id and p.key = 'Runner ' || c.n || '-' || $2::int
         cross join lateral (select $1::timestamptz - make_interval(days => $2::int, secs => ($3::int - s) * ${STEP_S}
           + case when $2::int = 0 then 0 else c.n * 900 end) as t) moment
       order by t`,
      [now, day, steps],
    ),
  )
}

/** Vitals of a week, as often as telemetry. */
export async function fillVitals(pool: Pool, now: Date, rows: number): Promise<void> {
  const steps = Math.round(rows / CHARACTERS / DAYS)
  const days = Array.from({ length: SPAWN_DAYS }, (_, day) => day)
  await inPairs(days, (day) =>
    pool.query(
      `insert into vitals (character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina,
        stamina_percent, mana, max_mana,
         mana_percent, vitae)
       select c.id, t, t, 300 + s % 70, 372, (300 + s % 70) / 3.72, 400, 455, 87.9, 210 + s % 90, 390,
       (210 + s % 90) / 3.9, case when s % 4000 < 300 then 5 else 0 end
       from generate_series(1, $3::int) s cross join ${FROM_CHARACTERS}
         cross join lateral (select $1::timestamptz - make_interval(days => $2::int,
         secs => ($3::int - s) * ${STEP_S}) as t) moment
       order by t`,
      [now, day, steps],
    ),
  )
}

/** A week of sightings: every hunter has a ground of its own each day, and sees more in its midst than at its edge. */
export async function fillSpawns(pool: Pool, now: Date, rows: number): Promise<void> {
  const days = Array.from({ length: SPAWN_DAYS }, (_, day) => day)
  const each = Math.round(rows / SPAWN_DAYS / CHARACTERS)
  await inPairs(days, (day) =>
    pool.query(
      `insert into spawns (character_id, monster_id, received_at, at, ew, ns, z)
       select c.id, m.id, t, t, (c.n * 53 + $2::int * 31) % 190 - 95 + 4 * (random() + random() + random() - 1.5),
         (c.n * 97 + $2::int * 71) % 190 - 95 + 4 * (random() + random() + random() - 1.5), 0
       from generate_series(1, $3::int) s cross join ${FROM_CHARACTERS}
         join monsters m on m.name = 'Monster ' || (1 + (s + c.n * 7) % ${MONSTERS})
         cross join lateral (select $1::timestamptz - make_interval(days => $2::int,
         secs => 86000.0 * ($3::int - s) / $3::int) as t) moment
       order by t`,
      [now, day, each],
    ),
  )
  const cell = `floor((${HEAT_EDGE} - ns) * 2)::int * ${HEAT_SIZE} + floor((ew + ${HEAT_EDGE}) * 2)::int`
  const hour = 'floor(extract(epoch from received_at) / 3600)::int'
  await pool.query(
    `insert into spawn_hours select monster_id, ${hour}, ${cell}, count(*) from spawns group by grouping sets ((1, 2,
      3)) order by 1, 2, 3`,
  )
  await pool.query(
    `insert into spawn_hours select 0, hour, cell, sum(spawns) from spawn_hours where monster_id > 0 group by 2, 3
      order by 2, 3`,
  )
  await pool.query('insert into spawn_versions select distinct hour, 1 from spawn_hours')
  await pool.query(
    `insert into spawn_days select hour / 24, cell, sum(spawns) from spawn_hours where monster_id = 0 group by 1, 2
      order by 1, 2`,
  )
}

/** Lines of chat over thirty days. */
export async function fillChat(pool: Pool, now: Date, rows: number): Promise<void> {
  const words = "array['portal to', 'anyone up for', 'who is killing in', 'WTS', 'grats on', 'heading to', 'brb near']"
  const towns =
    "array['Holtburg', 'Cragstone', 'Arwic', 'Shoushi', 'Yaraq', 'Ayan Baqur', 'Timaru', 'Zaikhal', 'Hebian-To']"
  await pool.query(
    `insert into chat (id, character_id, received_at, at, text, color, channel, sender)
     select ((extract(epoch from t) * 1000)::bigint - 1704067200000) << 22 | (s & 4095), c.id, t, t,
       '[Allegiance] Runner ' || s % ${CHARACTERS} || ' says, "' || (${words})[1 + s * 7 % 7] || ' ' || (${towns})[1 + s
       * 31 % 9] || ' ' || s || '"', 18,
       'ALLEGIANCE', 'Runner ' || s % ${CHARACTERS}
     from generate_series(1, $2::int) s join ${FROM_CHARACTERS} on c.n = s % ${CHARACTERS}
       cross join lateral (select $1::timestamptz - make_interval(secs => ${(DAYS - 1) * 86_400}.0 * ($2::int - s) /
       $2::int) as t) moment order by s`,
    [now, rows],
  )
}

/** What the writer keeps beside the rows. */
export async function fillDerived(pool: Pool): Promise<void> {
  await pool.query("set statement_timeout = 0; select fill_telemetry_spans('-infinity', 'infinity')")
  await pool.query("set statement_timeout = 0; select fill_vitals_spans('-infinity', 'infinity')")
  await pool.query(
    `insert into latest_telemetry select distinct on (character_id) character_id, session_id, received_at, at, ew, ns,
      z, kills, kills_per_hour, online_s,
       deaths, total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms from telemetry
       where received_at > now() - interval '1 day'
     order by character_id, received_at desc on conflict do nothing`,
  )
  await pool.query(
    `insert into latest_vitals select distinct on (character_id) * from vitals
      where received_at > now() - interval '1 day'
     order by character_id, received_at desc on conflict do nothing`,
  )
  await pool.query(
    `insert into tally_hours select character_id, span / 12, sum(greatest(0, kills_greatest - kills_least)), 0, 1,
      sum(bit_count(seen::bit(10))) * 30
     from telemetry_spans group by 1, 2 on conflict do nothing`,
  )
  await pool.query(
    `insert into tally_spans select character_id, span, greatest(0, kills_greatest - kills_least), 0, 0,
      bit_count(seen::bit(10)) * 30
     from telemetry_spans on conflict do nothing`,
  )
}

/** All moments of these days back, for their partitions. */
function momentsOf(now: Date, days: readonly number[]): string[] {
  const all = days.flatMap((day) => [day, day + 1])
  return [...new Set(all)].map((day) => new Date(now.getTime() - day * DAY_MS).toISOString())
}

/** Two at a time: there are two cores. */
async function inPairs<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const waiting = [...items]
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all([next(), next()])
}
