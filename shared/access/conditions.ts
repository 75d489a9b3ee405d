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
 * @param columns names of the columns with the event's kind, the details of its alert, and the character's name; both of
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
