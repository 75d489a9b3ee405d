import type { Pool } from '../../../shared/db/pool.ts'
import { dayOf, HEAT_SIZE, windowStart } from '../../../shared/world/dereth/heat-cells.ts'

/** Sightings of one hour or day: cells, and how many in each. */
interface Counted {
  version: number
  cells: number[]
  spawns: number[]
}

const CELLS = HEAT_SIZE * HEAT_SIZE
const ALL_MONSTERS = 0
/** The longest window, with the whole of its first day, in hours. */
const MAX_AGE_H = 200

/**
 * Sightings of all monsters by finest cell. A week of a busy guild is a quarter of a million counts, too many to read
 * and add with each answer: so hours and days past stay in mind, each with the version it had (SPN4), and only what
 * has changed since is read again. The writer counts an hour's version up with every batch that sees something in it.
 */
export function spawnCounts(pool: Pool) {
  const hoursKnown = new Map<number, Counted>()
  const daysKnown = new Map<number, Counted>()
  let turn: Promise<unknown> = Promise.resolve()

  /** Sightings from a window's first hour until now, by cell. */
  async function sum(now: number, hours: number): Promise<Int32Array> {
    const { hour: first, byDay } = windowStart(now, hours)
    const { rows } = await pool.query<{ hour: number; version: number }>(
      'select hour, version from spawn_versions where hour >= $1',
      [first],
    )
    const today = dayOf(now)
    const hoursWanted = rows.filter(({ hour }) => !byDay || dayOf(hour) >= today)
    const daysWanted = new Map<number, number>()
    for (const { hour, version } of rows)
      if (byDay && dayOf(hour) < today) daysWanted.set(dayOf(hour), (daysWanted.get(dayOf(hour)) ?? 0) + version)
    await refresh(HOURS, hoursKnown, new Map(hoursWanted.map(({ hour, version }) => [hour, version])))
    await refresh(DAYS, daysKnown, daysWanted)
    forget(now)
    const counts = new Int32Array(CELLS)
    for (const { hour } of hoursWanted) add(counts, hoursKnown.get(hour)!)
    for (const day of daysWanted.keys()) add(counts, daysKnown.get(day)!)
    return counts
  }

  async function refresh(
    text: string,
    known: Map<number, Counted>,
    wanted: ReadonlyMap<number, number>,
  ): Promise<void> {
    const stale = [...wanted.keys()].filter((bucket) => known.get(bucket)?.version !== wanted.get(bucket))
    if (!stale.length) return
    const { rows } = await pool.query<Omit<Counted, 'version'> & { bucket: number }>(text, [stale])
    const read = new Map(rows.map((row) => [row.bucket, row]))
    // What was read may be newer than its version says: then it is read once more, never once too few.
    for (const bucket of stale) {
      const { cells, spawns } = read.get(bucket) ?? { cells: [], spawns: [] }
      known.set(bucket, { version: wanted.get(bucket)!, cells, spawns })
    }
  }

  function forget(now: number): void {
    for (const hour of hoursKnown.keys()) if (hour < now - MAX_AGE_H) hoursKnown.delete(hour)
    for (const day of daysKnown.keys()) if (day < dayOf(now - MAX_AGE_H)) daysKnown.delete(day)
  }

  return {
    /** One at a time, so that several that ask at once read what is new once. */
    sum(now: number, hours: number): Promise<Int32Array> {
      const mine = turn.then(() => sum(now, hours))
      turn = mine.catch(() => undefined)
      return mine
    },
  }
}
export type SpawnCounts = ReturnType<typeof spawnCounts>

const HOURS = `select hour as bucket, json_agg(cell) as cells, json_agg(spawns) as spawns from spawn_hours
  where monster_id = ${ALL_MONSTERS} and hour = any($1) group by hour`
const DAYS = `select day as bucket, json_agg(cell) as cells, json_agg(spawns) as spawns from spawn_days
    where day = any($1) group by day`

/** Sightings of one kind of monster, by finest cell; there are few enough to read them all. */
export async function spawnsOf(pool: Pool, monster: string, now: number, hours: number): Promise<Int32Array> {
  const { rows } = await pool.query<{ cells: number[] | null; spawns: number[] | null }>(
    `select json_agg(cell) as cells, json_agg(spawns) as spawns from spawn_hours
     where monster_id = (select id from monsters where name = $1) and hour >= $2`,
    [monster, windowStart(now, hours).hour],
  )
  const counts = new Int32Array(CELLS)
  add(counts, { cells: rows[0]?.cells ?? [], spawns: rows[0]?.spawns ?? [] })
  return counts
}

function add(counts: Int32Array, { cells, spawns }: Pick<Counted, 'cells' | 'spawns'>): void {
  for (let n = 0; n < cells.length; n++) counts[cells[n]!]! += spawns[n]!
}
