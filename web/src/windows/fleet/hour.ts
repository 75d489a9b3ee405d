import { evenSteps } from '../../ui/spark.ts'

/** How the figures of a character went in the last hour, in equal steps, oldest first. */
export interface HourOf {
  killsPerHour: (number | null)[]
  health: (number | null)[]
  vitae: (number | null)[]
  /** Milliseconds from its last kill to the end of the hour; null when it killed nothing in it. */
  sinceKillMs: number | null
}

/** Minutes of a step times 30 is the hour. */
export const HOUR_STEPS = 30

interface Figures<Key extends string> {
  at: readonly string[]
  figures: Record<Key, readonly (number | null)[]>
}

/** The hour of a character from its history. `kills` may fall when its counter begins again: that is no kill. */
export function hourOf(
  telemetry: Figures<'kills' | 'killsPerHour'> | null,
  vitals: Figures<'health' | 'vitae'> | null,
  since: number,
  until: number,
): HourOf {
  const killsPerHour = telemetry
    ? evenSteps(telemetry.at, telemetry.figures.killsPerHour, since, until, HOUR_STEPS)
    : []
  const steps = (of: { at: readonly string[] } | null, values: readonly (number | null)[] | undefined) =>
    of && values ? heldWhileHeard(evenSteps(of.at, values, since, until, HOUR_STEPS), killsPerHour) : []
  return {
    killsPerHour,
    health: steps(vitals, vitals?.figures.health),
    vitae: steps(vitals, vitals?.figures.vitae),
    sinceKillMs: telemetry && sinceKill(telemetry.at, telemetry.figures.kills, until),
  }
}

/** Vitals are sent when they change: until the next one the last one holds, as long as the character was heard. */
function heldWhileHeard(values: readonly (number | null)[], heard: readonly (number | null)[]): (number | null)[] {
  let last: number | null = null
  return values.map((value, nth) => (last = value ?? ((heard[nth] ?? null) === null ? null : last)))
}

function sinceKill(at: readonly string[], kills: readonly (number | null)[], until: number): number | null {
  for (let nth = kills.length - 1; nth > 0; nth--) {
    if ((kills[nth] ?? 0) > (kills[nth - 1] ?? Infinity)) return Math.max(0, until - Date.parse(at[nth]!))
  }
  return null
}
