import type { Client } from '../../shared/db/pool.ts'
import type { Memory } from './memory.ts'

/** Reads anew what the database knows of these characters. */
export async function recall(client: Client, memory: Memory, names: readonly string[]): Promise<void> {
  const { rows } = await client.query<{
    id: number
    name: string
    tag: string | null
    vitae: number | null
    telemetry_at: string | null
    vitals_at: string | null
  }>(
    `select c.id, c.name, c.tag, w.vitae, t.received_at as telemetry_at, v.received_at as vitals_at
     from characters c left join latest_telemetry t on t.character_id = c.id left join latest_vitals v on v.character_id = c.id
       left join watch_characters w on w.character_id = c.id
     where c.name = any($1)`,
    [names],
  )
  const { rows: spells } = await client.query<{
    rule: string
    character_id: number
    revision: number
    since: string
    fired_at: string | null
  }>('select rule, character_id, revision, since, fired_at from watch_states where character_id = any($1)', [
    rows.map((row) => row.id),
  ])
  for (const { id, name, tag, vitae, telemetry_at, vitals_at } of rows) {
    const own = spells.filter((spell) => spell.character_id === id)
    memory.characters.set(name, {
      id,
      name,
      tag,
      vitae,
      telemetryAt: telemetry_at ?? '',
      vitalsAt: vitals_at ?? '',
      round: memory.round,
      spells: new Map(
        own.map(({ rule, revision, since, fired_at }) => [
          rule,
          { revision, sinceMs: Date.parse(since), firedMs: fired_at === null ? null : Date.parse(fired_at) },
        ]),
      ),
      rules: null,
    })
  }
}
