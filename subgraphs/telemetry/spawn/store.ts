import type { Pool } from '../../../shared/db/pool.ts'
import { dayOf, HEAT_SIZE, windowStart } from '../../../shared/world/heat-cells.ts'

export interface Heat {
  cells: number[]
  spawns: number[]
}

const heatOf = (counts: string) => `
  with counts as (${counts}), heat as (
    select (cell / ${HEAT_SIZE} / $1::int) * (${HEAT_SIZE} / $1::int) + (cell % ${HEAT_SIZE}) / $1::int as cell, sum(spawns)::int as spawns
    from counts group by 1
  )
  select json_agg(cell) as cells, json_agg(spawns) as spawns from heat`
const BY_HOUR = heatOf('select cell, spawns from spawn_hours where hour >= $2 and monster_id = $3')
const BY_DAY = heatOf('select cell, spawns from spawn_days where day >= $2')

/**
 * Sightings by cell within a window.
 * @param now the running hour
 * @param step how many of the finest cells lie along one cell
 */
export async function spawnHeat(
  pool: Pool,
  { now, hours, step, monster }: { now: number; hours: number; step: number; monster: string | null },
): Promise<Heat> {
  const { hour, byDay } = windowStart(now, hours)
  const id = monster === null ? 0 : await monsterId(pool, monster)
  if (id === null) return { cells: [], spawns: [] }
  const { rows } = await pool.query<{ cells: number[] | null; spawns: number[] | null }>(
    id === 0 && byDay
      ? { name: 'spawn heat by day', text: BY_DAY, values: [step, dayOf(hour)] }
      : { name: 'spawn heat by hour', text: BY_HOUR, values: [step, hour, id] },
  )
  return { cells: rows[0]?.cells ?? [], spawns: rows[0]?.spawns ?? [] }
}

async function monsterId(pool: Pool, name: string): Promise<number | null> {
  const { rows } = await pool.query<{ id: number }>('select id from monsters where name = $1', [name])
  return rows[0]?.id ?? null
}
