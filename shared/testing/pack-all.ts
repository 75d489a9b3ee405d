import { packDays, type PackedDay } from '../db/packing/pack-days.ts'
import type { Pool } from '../db/pool.ts'
import { DEFAULT_DAYS, type Retention } from '../db/retention/periods.ts'

/** What differs from an hourly run of Overlord: days that are kept, the present, how long others are waited for. */
export interface PackAll {
  days?: Partial<Retention>
  now?: Date
  patienceMs?: number
}

/** Packs the days that are over, as Overlord does every hour. Gives those that had rows. */
export async function packAll(pool: Pool, { days, now = new Date(), patienceMs }: PackAll = {}): Promise<PackedDay[]> {
  const packed: PackedDay[] = []
  await packDays(pool, {
    retention: { ...DEFAULT_DAYS, ...days },
    now,
    signal: new AbortController().signal,
    onPacked: (day) => packed.push(day),
    ...(patienceMs === undefined ? {} : { patienceMs }),
  })
  return packed
}
