export { type Activity, activities, activityOf } from '../../../shared/world/activity.ts'

/** After a death its vitae penalty has just risen: the character is at its lifestone for about this long. */
const DEATH_MS = 60_000

export function isDead(health: number, vitaeRoseAt: number, now: number): boolean {
  return health === 0 || (vitaeRoseAt > 0 && now - vitaeRoseAt < DEATH_MS)
}
