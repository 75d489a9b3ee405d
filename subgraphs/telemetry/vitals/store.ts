import type { VitalsEvent } from '../../../shared/contract/topics.ts'
import { VITALS_BLOCKS } from '../../../shared/db/blocks/columns.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { newestLoader, selectNewest, type Newest, type PackedRow } from '../moment.ts'

const VITALS: Newest = {
  columns: `n.at as "clientAt", n.received_at as "receivedAt", n.health, n.max_health as "maxHealth",
    n.health_percent as "healthPercent",
    n.stamina, n.max_stamina as "maxStamina", n.stamina_percent as "staminaPercent", n.mana, n.max_mana as "maxMana",
    n.mana_percent as "manaPercent", n.vitae`,
  now: 'latest_vitals',
  past: 'vitals',
  blocks: VITALS_BLOCKS,
  write: writtenVitals,
}

/** A row out of a block, as the columns above say it. */
function writtenVitals(row: PackedRow): Omit<VitalsEvent, 'character'> {
  return {
    clientAt: row.moment('at'),
    receivedAt: row.moment('received_at'),
    health: row.number('health'),
    maxHealth: row.number('max_health'),
    healthPercent: row.real('health_percent'),
    stamina: row.number('stamina'),
    maxStamina: row.number('max_stamina'),
    staminaPercent: row.real('stamina_percent'),
    mana: row.number('mana'),
    maxMana: row.number('max_mana'),
    manaPercent: row.real('mana_percent'),
    vitae: row.real('vitae'),
  }
}

export const vitalsLoader = (pool: Pool) => newestLoader<VitalsEvent>(pool, VITALS)

/** The newest vitals of every live character, or of the live ones among those named. */
export async function liveVitals(pool: Pool, names: readonly string[] | null): Promise<VitalsEvent[]> {
  const { rows } = await pool.query<VitalsEvent>(
    `${selectNewest(VITALS)} left join latest_telemetry t on t.character_id = n.character_id
     where greatest(t.received_at, n.received_at) > now() - interval '30 seconds'
       and ($1::text[] is null or c.name = any($1)) order by c.name`,
    [names],
  )
  return rows
}
