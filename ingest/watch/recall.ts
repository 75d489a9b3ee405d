import type { Client } from '../../shared/db/pool.ts'
import { clockOf } from './clock.ts'
import type { Memory, Spell } from './memory.ts'

interface Known {
  id: number
  name: string
  tag: string | null
  vitae: number | null
  telemetry_at: string | null
  telemetry_moment: string | null
  vitals_at: string | null
  vitals_moment: string | null
}

/** Reads anew what the database knows of these characters. Of their clocks we may know more. */
export async function recall(client: Client, memory: Memory, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<Known>(
    `select c.id, c.name, c.tag, w.vitae, t.received_at as telemetry_at, t.at as telemetry_moment,
       v.received_at as vitals_at, v.at as vitals_moment
     from characters c left join latest_telemetry t on t.character_id = c.id left join latest_vitals v on v.character_id = c.id
       left join watch_characters w on w.character_id = c.id
     where c.name = any($1)`,
    [names],
  )
  const spells = await readSpells(
    client,
    rows.map(({ id }) => id),
  )
  for (const row of rows) {
    const { id, name, tag, vitae, telemetry_at, vitals_at } = row
    memory.characters.set(name, {
      id,
      name,
      tag,
      vitae,
      telemetryAt: telemetry_at ?? '',
      vitalsAt: vitals_at ?? '',
      clock:
        memory.characters.get(name)?.clock ??
        clockOf(momentsOf(telemetry_at, row.telemetry_moment), momentsOf(vitals_at, row.vitals_moment)),
      round: memory.round,
      spells: spells.get(id) ?? new Map<string, Spell>(),
      rules: null,
    })
  }
}

const momentsOf = (receivedAt: string | null, at: string | null) => (receivedAt && at ? { receivedAt, at } : null)

async function readSpells(client: Client, characters: readonly number[]): Promise<Map<number, Map<string, Spell>>> {
  const { rows } = await client.query<{
    rule: string
    character_id: number
    revision: number
    since: string
    fired_at: string | null
  }>('select rule, character_id, revision, since, fired_at from watch_states where character_id = any($1)', [
    characters,
  ])
  const found = new Map<number, Map<string, Spell>>()
  for (const { rule, character_id, revision, since, fired_at } of rows) {
    const own = found.get(character_id) ?? new Map<string, Spell>()
    found.set(character_id, own)
    own.set(rule, { revision, sinceMs: Date.parse(since), firedMs: fired_at === null ? null : Date.parse(fired_at) })
  }
  return found
}
