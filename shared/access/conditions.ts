// The row rules as conditions of statements, for lists that the database filters.
import type { Privacy } from './privacy.ts'
import { PLACE_FIELDS } from './row-rules.ts'

/** A condition and the values of its placeholders, which are numbered from `first` on. */
export interface Condition {
  text: string
  values: unknown[]
}

/**
 * `privateMessage` over rows of chat.
 * @param columns names of the columns with the channel and the character's name
 */
export function privateMessageCondition(
  privacy: Privacy,
  columns: { channel: string; character: string },
  first: number,
): Condition {
  const readable = privacy.readable()
  return {
    text: `($${first}::text[] is null or ${columns.channel} <> 'TELL'
      or (${columns.character} = any($${first})) = $${first + 1}::boolean)`,
    values: [readable?.names ?? null, readable?.only ?? null],
  }
}

/**
 * `alert` over rows of alerts.
 * @param columns names of the columns with the alert's details and the character's name, which may be null
 */
export function alertCondition(
  privacy: Privacy,
  { details, character }: { details: string; character: string },
  first: number,
): Condition {
  const [withoutPlace, fields, names, only] = [first, first + 1, first + 2, first + 3].map((at) => `$${at}`)
  const hidden = privacy.withoutPlace()
  const readable = privacy.readable()
  return {
    text: `(${character} is null or (
      (${withoutPlace}::text[] is null or ${details} ->> 'field' is null
        or ${details} ->> 'field' <> all(${fields}::text[])
        or ${character} <> all(${withoutPlace}))
      and (${names}::text[] is null or ${details} ->> 'channel' is distinct from 'TELL'
        or (${character} = any(${names})) = ${only}::boolean)))`,
    values: [hidden.length ? hidden : null, PLACE_FIELDS, readable?.names ?? null, readable?.only ?? null],
  }
}

/**
 * `guildEvent` over rows of the log.
 * @param columns names of the columns with the event's kind, the details of its alert, and the character's name; both
 *   of
 * the latter may be null
 */
export function guildEventCondition(
  privacy: Privacy,
  { kind, ...alert }: { kind: string; details: string; character: string },
  first: number,
): Condition {
  const visible = alertCondition(privacy, alert, first + 1)
  return {
    text: `($${first}::boolean or ${kind} <> 'COMMAND') and ${visible.text}`,
    values: [privacy.seesCommands(), ...visible.values],
  }
}

/** A circle on the map, in map units. */
export interface Circle {
  ew: number
  ns: number
  distance: number
}

/**
 * Rows within a circle, by the place that the viewer is shown of their character: one that hides it is never found, one
 * that blurs it by whole map units. Three values; all rows without a circle.
 * @param columns with the place and the character's name, which may be null
 */
export function nearCondition(
  privacy: Privacy,
  near: Circle | null,
  { ew, ns, character }: { ew: string; ns: string; character: string },
  first: number,
): Condition {
  const [circle, hidden, blurred] = [first, first + 1, first + 2].map((at) => `$${at}`)
  // As `roughly` of place.ts rounds: halves towards greater numbers.
  const shown = (column: string) =>
    `(case when ${character} = any(${blurred}::text[]) then floor(${column} + 0.5) else ${column} end)`
  const away = (column: string, n: number) => `power(${shown(`${column}::float8`)} - (${circle})[${n}], 2)`
  const restricted = privacy.restrictedPlaces()
  return {
    text: `(${circle}::float8[] is null or (${hidden}::text[] is not null and ${character} is not null
      and ${character} <> all(${hidden}) and ${away(ew, 1)} + ${away(ns, 2)} <= power((${circle})[3], 2)))`,
    values: [
      near && [near.ew, near.ns, near.distance],
      restricted.unknown ? null : restricted.hidden,
      restricted.blurred,
    ],
  }
}
