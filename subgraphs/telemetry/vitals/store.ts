import type { VitalsEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { loaderAt } from '../moment.ts'

const SELECT = `
  select c.name as character, v.at, v.received_at as "receivedAt", v.health, v.max_health as "maxHealth", v.health_percent as "healthPercent",
    v.stamina, v.max_stamina as "maxStamina", v.stamina_percent as "staminaPercent", v.mana, v.max_mana as "maxMana", v.mana_percent as "manaPercent", v.vitae
  from latest_vitals v join characters c on c.id = v.character_id`

const SELECT_AT = SELECT.replace(
  'from latest_vitals v join characters c on c.id = v.character_id',
  `from characters c cross join lateral (select * from vitals x where x.character_id = c.id and x.received_at <= $2
     order by x.received_at desc limit 1) v`,
)

export const vitalsLoader = (pool: Pool) =>
  loaderAt<VitalsEvent>(async (names, at) => {
    const { rows } = at
      ? await pool.query<VitalsEvent>(`${SELECT_AT} where c.name = any($1)`, [names, at])
      : await pool.query<VitalsEvent>(`${SELECT} where c.name = any($1)`, [names])
    return rows
  })

/** The newest vitals of every live character, or of the live ones among those named. */
export async function liveVitals(pool: Pool, names: readonly string[] | null): Promise<VitalsEvent[]> {
  const { rows } = await pool.query<VitalsEvent>(
    `${SELECT} left join latest_telemetry t on t.character_id = v.character_id
     where greatest(t.received_at, v.received_at) > now() - interval '30 seconds' and ($1::text[] is null or c.name = any($1)) order by c.name`,
    [names],
  )
  return rows
}
