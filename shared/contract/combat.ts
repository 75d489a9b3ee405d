// The shape of a plugin's combat counts, stored verbatim: ingest and the combat subgraph share it.
import { z } from 'zod'
import { optional, whole } from './fields.ts'

const record = <S extends z.ZodType>(value: S) => z.record(z.string(), value)

/** Figures of one attack type and element; all grow through a session, maxima too. */
export const elementSchema = z.object({
  total_attacks: optional(whole()),
  failed_attacks: optional(whole()),
  crits: optional(whole()),
  total_normal_damage: optional(whole()),
  max_normal_damage: optional(whole()),
  total_crit_damage: optional(whole()),
  max_crit_damage: optional(whole()),
})
const sideSchema = record(record(elementSchema))
const monsterSchema = z.object({
  kill_count: optional(whole()),
  damage_given: optional(whole()),
  damage_received: optional(whole()),
  offense: optional(sideSchema),
  defense: optional(sideSchema),
})
export const snapshotSchema = z.object({
  total_damage_given: optional(whole()),
  total_damage_received: optional(whole()),
  total_kills: optional(whole()),
  total_aetheria_surges: optional(whole()),
  total_cloak_surges: optional(whole()),
  monsters: optional(record(monsterSchema)),
})
export type CombatSnapshot = z.infer<typeof snapshotSchema>
