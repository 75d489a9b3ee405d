import { z } from 'zod'
import { frameType } from '../../../shared/contract/decode.ts'
import { characterName, nonEmptyText, optional, text, timestamp } from '../../../shared/contract/fields.ts'

/** How long until a quest may be done again, in the words of the client. */
export const questSchema = z.object({
  character_name: characterName(),
  timestamp: optional(timestamp()),
  quest_name: nonEmptyText(256),
  countdown: optional(text(128)),
})
export type QuestFrame = z.infer<typeof questSchema>

export const quest = frameType('quest', questSchema, {
  character_name: ['player_name'],
  quest_name: ['quest', 'name'],
  countdown: ['status', 'timer', 'remaining'],
})

const UNIT_S: Readonly<Record<string, number>> = { w: 604_800, d: 86_400, h: 3_600, m: 60, s: 1 }
const READY = /^(?:is |now )?(?:ready|available|now)\b(?! *(?:again )?(?:in|at|on|after)\b)/i
const LEAD = /^[-+]\s*|^(?:(?:is )?(?:ready|available) (?:again )?)?in\s+/i
// Months are not supported: their length varies.
const UNITS =
  /^(?:\d+(?:[.,]\d+)?\s*(?:w(?:ee)?ks?|w|d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])\.?[\s,]*(?:and\s+)?)+$/i
const UNIT = /(\d+(?:[.,]\d+)?)\s*([wdhms])/gi
const CLOCK =
  /^(?:(\d+)(?:\.|\s*d(?:ays?)?[,:]?\s*|[:\s]\s*(?=\d+:\d+:\d+)))?(\d{1,4}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?$/i
/** Twenty years: real countdowns are shorter. */
const MAX_S = 20 * 365 * 86_400

/**
 * Seconds a countdown has still to run: `6d 3h 11m`, `READY`, `1.02:03:04`, `03:11:00`, `2h`, seconds; 0 for ready or
 * past. Null when it cannot be read.
 */
export function countdownSeconds(countdown: string | undefined): number | null {
  const text = countdown?.trim() ?? ''
  if (READY.test(text)) return 0
  const sign = text.startsWith('-') ? -1 : 1
  const duration = text.replace(LEAD, '')
  const seconds = bareSeconds(duration) ?? unitSeconds(duration) ?? clockSeconds(duration)
  return seconds === null || seconds > MAX_S ? null : Math.max(0, Math.floor(sign * seconds))
}

function bareSeconds(text: string): number | null {
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : null
}

function unitSeconds(text: string): number | null {
  if (!UNITS.test(text)) return null
  let seconds = 0
  for (const [, amount, unit] of text.matchAll(UNIT))
    seconds += Number(amount!.replace(',', '.')) * UNIT_S[unit!.toLowerCase()]!
  return seconds
}

/** `d.hh:mm:ss`, `d:hh:mm:ss`, `hh:mm:ss`; of two parts `hh:mm`, as .NET reads a span. */
function clockSeconds(text: string): number | null {
  const match = CLOCK.exec(text)
  if (!match) return null
  const [, days = '0', hours, minutes, seconds = '0'] = match
  return Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
}
