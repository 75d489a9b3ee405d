import { ensureDays } from '../db/partitions.ts'
import type { Pool } from '../db/pool.ts'

/** Frames to make up. */
export interface MadeUpFrames {
  /** When the first was received, in milliseconds since 1970. */
  firstMs: number
  /** Of all characters together. */
  frames: number
  /** Their ids are 1 and those that follow. */
  characters: number
}

/** Makes the days of frames of all characters every two seconds. */
export async function ensureDaysOf(pool: Pool, { firstMs, frames, characters }: MadeUpFrames): Promise<void> {
  const lastMs = firstMs + Math.ceil(frames / characters) * 2_000
  await ensureDays(pool, [new Date(firstMs).toISOString(), new Date(lastMs).toISOString()])
}

/** Stores vitals of all characters every two seconds; with nulls, jumps of clocks, frames that overtook, extremes. */
export async function fillVitals(pool: Pool, made: MadeUpFrames): Promise<void> {
  await ensureDaysOf(pool, made)
  const { firstMs, frames, characters } = made
  await pool.query(
    `insert into vitals (character_id, received_at, at, health, max_health, health_percent, stamina, max_stamina,
       stamina_percent, mana, max_mana, mana_percent, vitae)
     select 1 + n % $3::int, t,
       t - interval '80 ms' - case when n % 997 = 0 then interval '40 years' else '0' end,
       300 + n % 70, case when n % 11 > 0 then 372 end, (300 + n % 70) / 3.72,
       case n % 500 when 7 then 2147483647 when 8 then -2147483648 else 400 end, 455,
       case n % 300 when 3 then 'NaN' when 4 then 'Infinity' when 5 then '-0' when 6 then 1e-45 when 7
         then -3.4028235e38 else 87.9 end::real,
       null, 390, (random() * 100)::real, case when n % 4000 < 300 then 5 else 0 end
     from generate_series(1, $2::int) n cross join lateral (select to_timestamp($1::float8 / 1000)
       + (n / $3::int * 2000 + n % 7 - case when n % 50 = 0 then 2000 else 0 end) * interval '1 ms' as t) m
     order by n`,
    [firstMs, frames, characters],
  )
}
