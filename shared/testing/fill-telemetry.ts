import type { Pool } from '../db/pool.ts'
import { ensureDaysOf, type MadeUpFrames } from './fill-vitals.ts'

/**
 * Stores telemetry of all characters every two seconds, a step every twenty; with nulls, jumps of clocks, frames that
 * overtook, extremes, words of all kinds. Sessions are those with the ids 1 and 2.
 */
export async function fillTelemetry(pool: Pool, made: MadeUpFrames): Promise<void> {
  await ensureDaysOf(pool, made)
  const { firstMs, frames, characters } = made
  await pool.query(
    `insert into telemetry (character_id, session_id, received_at, at, ew, ns, z, kills, kills_per_hour, online_s,
       deaths, total_deaths, rares_found, tapers, state, memory_mb, cpu_percent, handles, latency_ms, step)
     select 1 + n % $3::int, case when n % 1000 < 700 then 1 + n % 2 end, t,
       t - interval '80 ms' - case when n % 997 = 0 then interval '40 years' else '0' end,
       (33.6 + n / 700.0)::real, case n % 500 when 5 then '-0' else (sin(n / 50.0) * 60)::real end::real,
       case when n % 90 > 20 then (random() * 10)::real end,
       n / $3::int / 3, (700 + 90 * sin(n / 300.0))::real, n / $3::int * 2, case when n % 77 > 9 then n / 4000 end,
       case n % 500 when 7 then 2147483647 when 8 then -2147483648 else 400 end, null, 4000 - n / 100,
       (array['combat', 'combat', 'navigation', null, '', 'Ünter "Null", {a}'])[1 + (n / 40) % 6],
       512.5 + n % 9, 4.5, 1100, case n % 500 when 3 then 'NaN' when 4 then '-Infinity' else 61.5 end::real,
       n / $3::int % 10 = 0
     from generate_series(1, $2::int) n cross join lateral (select to_timestamp($1::float8 / 1000)
       + (n / $3::int * 2000 + n % 7 - case when n % 50 = 0 then 2000 else 0 end) * interval '1 ms' as t) m
     order by n`,
    [firstMs, frames, characters],
  )
}
