import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, int, optional, real, text, timestamp } from '../../../shared/contract/fields.ts'

/** Where a character is and how its hunt goes; every 2 to 6 s. Only name and place are asked for. */
export const telemetrySchema = z.object({
  character_name: characterName(),
  char_tag: optional(text(64)),
  session_id: optional(text(128)),
  timestamp: optional(timestamp()),
  ew: real(),
  ns: real(),
  z: optional(real()),
  kills: optional(int()),
  kills_per_hour: optional(real()),
  onlinetime: optional(text(32)),
  deaths: optional(int()),
  total_deaths: optional(int()),
  rares_found: optional(int()),
  prismatic_taper_count: optional(int()),
  vt_state: optional(text(64)),
  mem_mb: optional(real()),
  cpu_pct: optional(real()),
  mem_handles: optional(int()),
  latency_ms: optional(real()),
})
export type TelemetryFrame = z.infer<typeof telemetrySchema>

/** What the original's server adds, when it passes telemetry on. */
const ADDED = ['received_at', 'total_kills', 'total_rares', 'session_rares']
export const telemetry = frameType('telemetry', telemetrySchema, { character_name: ['player_name'] }, ADDED)
