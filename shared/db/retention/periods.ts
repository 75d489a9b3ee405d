import { z } from 'zod'

/** How many days each kind of history is kept; 0 is for ever. */
export const DEFAULT_DAYS = {
  telemetry: 30,
  vitals: 7,
  spawns: 7,
  chat: 30,
  portal_sightings: 30,
  alerts: 90,
  guild_events: 30,
  command_audit: 90,
  audit: 365,
  mcp_calls: 365,
  assistant_sessions: 90,
  trace_sessions: 30,
  world_frames: 3,
  inventory_changes: 90,
  item_stays: 365,
  combat_history: 30,
  sheet_history: 90,
} as const
export type Kept = keyof typeof DEFAULT_DAYS
export type Retention = Readonly<Record<Kept, number>>

/** `telemetry=30d,vitals=7d`: what is not named keeps its default. */
export const retention = z
  .string()
  .default('')
  .transform((text, context): Retention => {
    const days: Record<Kept, number> = { ...DEFAULT_DAYS }
    for (const part of text.split(',').filter((piece) => piece.trim())) {
      const [, name, number] = /^\s*(\w+)\s*=\s*(\d{1,5})d?\s*$/.exec(part) ?? []
      if (name !== undefined && Object.hasOwn(days, name)) days[name as Kept] = Number(number)
      else
        context.addIssue(
          `must look like telemetry=30d,vitals=7d (0 is for ever), of: ${Object.keys(DEFAULT_DAYS).join(', ')}`,
        )
    }
    return days
  })
