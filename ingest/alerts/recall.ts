import type { VitalsEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import { clockOf } from './client-clock.ts'
import type { Memory, Episode } from './watched.ts'

interface Known {
  id: number
  name: string
  tag: string | null
  vitae: number | null
  telemetry_at: string | null
  telemetry_moment: string | null
  vitals_at: string | null
  vitals_moment: string | null
  vitals: VitalsEvent | null
  session: string | null
  ew: number | null
  ns: number | null
}

/** Reads again what the database knows of these characters. The memory may know more about their clocks. */
export async function recall(client: Client, memory: Memory, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<Known>(
    `select c.id, c.name, c.tag, w.vitae, t.received_at as telemetry_at, t.at as telemetry_moment,
       v.received_at as vitals_at, v.at as vitals_moment, p.key as session, t.ew, t.ns,
       case when v.character_id is not null then jsonb_build_object('character', c.name, 'clientAt', v.at, 'receivedAt',
       v.received_at,
         'health', v.health, 'maxHealth', v.max_health, 'healthPercent', v.health_percent, 'stamina', v.stamina,
         'maxStamina', v.max_stamina,
         'staminaPercent', v.stamina_percent, 'mana', v.mana, 'maxMana', v.max_mana, 'manaPercent', v.mana_percent,
         'vitae', v.vitae) end as vitals
     from characters c left join latest_telemetry t on t.character_id = c.id
     left join latest_vitals v on v.character_id = c.id
       left join watch_characters w on w.character_id = c.id left join play_sessions p on p.id = t.session_id
     where c.name = any($1)`,
    [names],
  )
  const episodes = await readEpisodes(
    client,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    const { id, name, tag, vitae, session, telemetry_at, vitals_at } = row
    const before = memory.characters.get(name)
    memory.characters.set(name, {
      id,
      name,
      tag,
      session,
      formerSession: before?.formerSession ?? null,
      vitae,
      telemetryAt: telemetry_at ?? '',
      vitalsAt: vitals_at ?? '',
      clock:
        before?.clock ??
        clockOf(momentsOf(telemetry_at, row.telemetry_moment), momentsOf(vitals_at, row.vitals_moment)),
      place: row.ew === null || row.ns === null ? null : { ew: row.ew, ns: row.ns },
      vitalsBefore: row.vitals,
      round: memory.round,
      episodes: episodes.get(id) ?? new Map<string, Episode>(),
      rules: null,
    })
  }
}

const momentsOf = (receivedAt: string | null, clientAt: string | null) =>
  receivedAt && clientAt ? { receivedAt, clientAt } : null

async function readEpisodes(client: Client, characters: readonly number[]): Promise<Map<number, Map<string, Episode>>> {
  const { rows } = await client.query<{
    rule: string
    character_id: number
    revision: number
    since: string
    fired_at: string | null
    session: string | null
  }>('select rule, character_id, revision, since, fired_at, session from watch_states where character_id = any($1)', [
    characters,
  ])
  const found = new Map<number, Map<string, Episode>>()
  for (const { rule, character_id, revision, since, fired_at, session } of rows) {
    const own = found.get(character_id) ?? new Map<string, Episode>()
    found.set(character_id, own)
    const firedMs = fired_at === null ? null : Date.parse(fired_at)
    own.set(rule, { revision, sinceMs: Date.parse(since), firedMs, session, row: null })
  }
  return found
}
