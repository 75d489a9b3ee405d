import DataLoader from 'dataloader'
import type { VitalsEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'

const SELECT = `
  select c.name as character, v.at, v.received_at as "receivedAt", v.health, v.max_health as "maxHealth", v.health_percent as "healthPercent",
    v.stamina, v.max_stamina as "maxStamina", v.stamina_percent as "staminaPercent", v.mana, v.max_mana as "maxMana", v.mana_percent as "manaPercent", v.vitae
  from latest_vitals v join characters c on c.id = v.character_id`

export function vitalsLoader(pool: Pool) {
  return new DataLoader<string, VitalsEvent | null>(async (names) => {
    const { rows } = await pool.query<VitalsEvent>(`${SELECT} where c.name = any($1)`, [names])
    const byName = new Map(rows.map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** The newest vitals of every live character, or of the live ones among those named. */
export async function liveVitals(pool: Pool, names: readonly string[] | null): Promise<VitalsEvent[]> {
  const { rows } = await pool.query<VitalsEvent>(
    `${SELECT} left join latest_telemetry t on t.character_id = v.character_id
     where greatest(t.received_at, v.received_at) > now() - interval '30 seconds' and ($1::text[] is null or c.name = any($1)) order by c.name`,
    [names],
  )
  return rows
}
