import { fault } from '../../../shared/errors.ts'
import type { CreateMapMarkInput, MapMarkShape } from '../generated/resolvers.ts'
import type { MarkRow, MarkValues } from './store.ts'

const HALF_WORLD = 102
const YEAR_MS = 366 * 86_400_000
const MAX_CORNERS = 40

const bad = (message: string) => fault('BAD_USER_INPUT', message)

type Given = Pick<MarkRow, 'points' | 'radius' | 'note' | 'colour' | 'audience'> & { expiresAt: Date | string | null }

/** A new mark with everything that may be left out. */
export const givenOf = (input: CreateMapMarkInput): Given => ({
  points: input.points,
  radius: input.radius ?? null,
  note: input.note,
  colour: input.colour!,
  audience: input.audience!,
  expiresAt: input.expiresAt ?? null,
})

/** A mark as it is stored. Refuses what cannot be drawn or has expired. `now` in milliseconds since 1970. */
export function valuesOf(shape: MapMarkShape, given: Given, now: number): MarkValues {
  const { points, radius, colour, audience } = given
  const note = given.note.trim().replaceAll('\0', '').toWellFormed()
  if (note.length < 1 || note.length > 500) throw bad('A note has 1 to 500 characters.')
  if (shape === 'POLYGON') {
    if (points.length < 3 || points.length > MAX_CORNERS) throw bad(`An area has 3 to ${MAX_CORNERS} corners.`)
  } else if (points.length !== 1) throw bad('A pin and a circle have one place.')
  if (!points.every(({ ew, ns }) => Math.abs(ew) <= HALF_WORLD && Math.abs(ns) <= HALF_WORLD))
    throw bad('A mark is within the outdoor world: at most 102 map units from its middle.')
  if (shape === 'CIRCLE' ? !(radius !== null && radius >= 0.05 && radius <= 50) : radius !== null)
    throw bad('A circle has a radius of 0.05 to 50 map units, and nothing else has one.')
  const expiresAt = given.expiresAt === null ? null : new Date(given.expiresAt)
  if (expiresAt && !(expiresAt.getTime() > now && expiresAt.getTime() <= now + YEAR_MS))
    throw bad('A mark expires in the future, within a year.')
  return { ew: points.map(({ ew }) => ew), ns: points.map(({ ns }) => ns), radius, note, colour, audience, expiresAt }
}
