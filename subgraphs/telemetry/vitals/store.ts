import type { VitalsEvent } from '../../../shared/contract/topics.ts'
import { VITALS_BLOCKS } from '../../../shared/db/blocks/columns.ts'
import { msOf } from '../../../shared/db/blocks/read-blocks.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { newestLoader, selectNewest, type Newest, type PackedRow } from '../moment.ts'
import { shortest } from '../numbers.ts'

const VITALS: Newest = {
  columns: `n.at as "clientAt", n.received_at as "receivedAt", n.health, n.max_health as "maxHealth",
    n.health_percent as "healthPercent",
    n.stamina, n.max_stamina as "maxStamina", n.stamina_percent as "staminaPercent", n.mana, n.max_mana as "maxMana",
    n.mana_percent as "manaPercent", n.vitae`,
  now: 'latest_vitals',
  past: 'vitals',
  packed: { blocks: VITALS_BLOCKS, write: writtenVitals },
}

/** A row out of a block, as the columns above say it. */
function writtenVitals(row: PackedRow): Omit<VitalsEvent, 'character'> {
  const moment = (value: number | null | undefined) => new Date(msOf(value!)).toISOString()
  const real = (value: number | null | undefined) => (value == null ? null : shortest(value))
  const int = (value: number | null | undefined) => value ?? null
  return {
    clientAt: moment(row['at']),
    receivedAt: moment(row['received_at']),
    health: int(row['health']),
    maxHealth: int(row['max_health']),
    healthPercent: real(row['health_percent']),
    stamina: int(row['stamina']),
    maxStamina: int(row['max_stamina']),
    staminaPercent: real(row['stamina_percent']),
    mana: int(row['mana']),
    maxMana: int(row['max_mana']),
    manaPercent: real(row['mana_percent']),
    vitae: real(row['vitae']),
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
