// Conditions on what characters do and how they fare, by their newest frames.
import { fault } from '../../../shared/errors.ts'
import { activities, activityWords } from '../../../shared/world/activity.ts'

interface Range {
  min?: number | null | undefined
  max?: number | null | undefined
}

export interface DoingWhere {
  activities?: readonly string[] | null | undefined
  healthPercent?: Range | null | undefined
  killsPerHour?: Range | null | undefined
}

/** Whether a filter asks for what characters do. */
export const isDoing = (where: DoingWhere): boolean => !!(where.activities || where.healthPercent || where.killsPerHour)

/** Refuses what nothing can fit, and a moment: only the newest frames are looked at. */
export function checkDoing(where: DoingWhere | null | undefined, at: unknown): void {
  if (!where || !isDoing(where)) return
  if (at)
    throw fault(
      'BAD_USER_INPUT',
      '`activities`, `healthPercent` and `killsPerHour` are about what characters do now: leave `at` out.',
    )
  for (const name of ['healthPercent', 'killsPerHour'] as const) {
    const { min, max } = where[name] ?? {}
    if (min != null && max != null && min > max) throw fault('BAD_USER_INPUT', `\`${name}\` ends before it begins.`)
  }
}

/** As `activityOf` of the dashboard reads the words. */
const ACTIVITY = `case when v.health_percent = 0 then 'dead' when t.state is null or t.state !~ '\\S' then 'idle'
  ${activityWords.map(([pattern, activity]) => `when t.state ~* '${pattern}' then '${activity}'`).join(' ')}
  else 'hunting' end`

/** Conditions on characters with their newest telemetry `t` and vitals `v`. */
export function doingConditions(where: DoingWhere, add: (value: unknown) => string): string[] {
  const parts: string[] = []
  const range = (column: string, { min, max }: Range) => {
    parts.push(`${column} is not null`)
    if (min != null) parts.push(`${column} >= ${add(min)}::float8`)
    if (max != null) parts.push(`${column} <= ${add(max)}::float8`)
  }
  if (where.activities) {
    const wanted = activities.filter((one) => where.activities!.includes(one.toUpperCase()))
    // Characters that were never heard do nothing at all.
    parts.push(`t.character_id is not null and ${ACTIVITY} = any(${add(wanted)}::text[])`)
  }
  if (where.healthPercent) range('v.health_percent', where.healthPercent)
  if (where.killsPerHour) range('t.kills_per_hour', where.killsPerHour)
  return parts
}
