import type { Pool } from '../../../shared/db/pool.ts'
import { HEAT_SIZE } from '../../../shared/world/heat-cells.ts'

export interface Heat {
  cells: number[]
  spawns: number[]
}

const HOURS_OF_DAY = 24

// Whole days are counted beforehand for all monsters together; only the hours at both ends are read one by one.
const HEAT = `
  with counts as (
    select cell, spawns from spawn_hours where monster_id = $1 and (hour >= $2 and hour < $3 or hour >= $4)
    union all
    select cell, spawns from spawn_days where day >= $5 and day < $6
  ), heat as (
    select (cell / ${HEAT_SIZE} / $7::int) * (${HEAT_SIZE} / $7::int) + (cell % ${HEAT_SIZE}) / $7::int as cell, sum(spawns)::int as spawns
    from counts group by 1
  )
  select json_agg(cell) as cells, json_agg(spawns) as spawns from heat`

/**
 * Sightings by cell since the given hour.
 * @param step how many of the finest cells lie along one cell
 */
export async function spawnHeat(
  pool: Pool,
  { from, now, step, monster }: { from: number; now: number; step: number; monster: string | null },
): Promise<Heat> {
  const id = monster === null ? 0 : await monsterId(pool, monster)
  if (id === null) return { cells: [], spawns: [] }
  const firstDay = Math.ceil(from / HOURS_OF_DAY)
  const today = Math.floor(now / HOURS_OF_DAY)
  const byDay = id === 0 && firstDay < today
  const [early, late] = byDay ? [firstDay * HOURS_OF_DAY, today * HOURS_OF_DAY] : [from, from]
  const { rows } = await pool.query<{ cells: number[] | null; spawns: number[] | null }>({
    name: 'spawn heat',
    text: HEAT,
    values: [id, from, early, late, byDay ? firstDay : 0, byDay ? today : 0, step],
  })
  return { cells: rows[0]?.cells ?? [], spawns: rows[0]?.spawns ?? [] }
}

async function monsterId(pool: Pool, name: string): Promise<number | null> {
  const { rows } = await pool.query<{ id: number }>('select id from monsters where name = $1', [name])
  return rows[0]?.id ?? null
}
