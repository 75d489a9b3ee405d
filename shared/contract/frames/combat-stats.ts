import { Type, type Static } from 'typebox'
import { frameType } from '../decode.ts'
import { characterName, optional, text, timestamp, whole } from '../fields.ts'

const record = <S extends Parameters<typeof Type.Record>[1]>(value: S) => Type.Record(Type.String(), value)

/** Figures of one attack type and element; all grow through a session, maxima too. */
export const elementSchema = Type.Object({
  total_attacks: optional(whole()),
  failed_attacks: optional(whole()),
  crits: optional(whole()),
  total_normal_damage: optional(whole()),
  max_normal_damage: optional(whole()),
  total_crit_damage: optional(whole()),
  max_crit_damage: optional(whole()),
})
const sideSchema = record(record(elementSchema))
const monsterSchema = Type.Object({
  kill_count: optional(whole()),
  damage_given: optional(whole()),
  damage_received: optional(whole()),
  offense: optional(sideSchema),
  defense: optional(sideSchema),
})
const snapshotSchema = Type.Object({
  total_damage_given: optional(whole()),
  total_damage_received: optional(whole()),
  total_kills: optional(whole()),
  total_aetheria_surges: optional(whole()),
  total_cloak_surges: optional(whole()),
  monsters: optional(record(monsterSchema)),
})

/** A session's fights so far, counted by the plugin since login. A `lifetime` block of older builds is left alone. */
export const combatStatsSchema = Type.Object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  session_id: optional(text(128)),
  session: snapshotSchema,
})
export type CombatStatsFrame = Static<typeof combatStatsSchema>
export type CombatSnapshot = CombatStatsFrame['session']

export const combatStats = frameType('combat_stats', combatStatsSchema, {
  character_name: ['player_name'],
  session: ['stats', 'data'],
})
