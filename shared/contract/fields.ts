// The parts that frames are made of, with the bounds the database has: a value past them would wedge a whole batch.
import { z } from 'zod'

/** Fits a Postgres `integer`. */
export const int = () => z.int().min(-2_147_483_648).max(2_147_483_647)
/** Fits a Postgres `real` without overflow or underflow of meaning. */
export const real = () => z.number().min(-3e38).max(3e38)
/** Fits a JavaScript number exactly. */
export const whole = () => z.int()
/** Text with at most `maxLength` characters, counted as Postgres counts them: a pair of surrogates is one. */
export const text = (maxLength: number) => bounded(z.string(), maxLength)
export const nonEmptyText = (maxLength: number) => bounded(z.string().min(1), maxLength)
export const optional = z.optional
/** A character's name: never empty. */
export const characterName = () => nonEmptyText(64)
/** An ISO 8601 moment as the client's clock had it; read with `clientMoment`. */
export const timestamp = () => text(40)

/** The limit also stands in the JSON schema, by which frames are coerced and the fast reader is compiled. */
const bounded = (schema: z.ZodString, maxLength: number) =>
  schema.refine((value) => hasAtMost(maxLength, value)).meta({ maxLength })
const hasAtMost = (maxLength: number, text: string): boolean =>
  text.length <= maxLength || (text.length <= 2 * maxLength && [...text].length <= maxLength)

const YEAR_2000 = Date.UTC(2000, 0)
const YEAR_2100 = Date.UTC(2100, 0)

/**
 * The client's moment. Without an offset it is UTC (.NET and Python both leave it out); ten digits are seconds since
 * 1970, thirteen milliseconds; nonsense gives our own clock, and so do dates that may mean either of two days
 * (`06.07.2026`).
 */
export function clientMoment(timestamp: string | undefined, now: Date): Date {
  if (!timestamp) return now
  const ms = YEAR_FIRST.test(timestamp) ? Date.parse(zoned(timestamp)) : sinceEpoch(timestamp)
  return ms >= YEAR_2000 && ms < YEAR_2100 ? new Date(ms) : now
}
const YEAR_FIRST = /^\s*\d{4}[-/]/
const zoned = (timestamp: string) => (/(?:[zZ]|[+-]\d\d:?\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`)

function sinceEpoch(timestamp: string): number {
  const digits = /^(\d{10}|\d{13})(?:\.\d+)?$/.exec(timestamp)?.[1]
  return digits === undefined ? NaN : Number(timestamp) * (digits.length === 13 ? 1 : 1000)
}

/** Whether a client's timestamp can be read; true if there is none. */
export const isMoment = (timestamp: string | undefined): boolean =>
  !timestamp || timestamp === lastPlain || isPlainMoment(timestamp) || clientMoment(timestamp, NEVER) !== NEVER
const NEVER = new Date(0)
/** The timestamp parsed last: callers mostly ask about the one that they have just parsed. */
let lastPlain = ''

/**
 * The same as ISO text in UTC with milliseconds, as events carry it.
 * @param receivedAt our own time as such text, for a frame without a timestamp
 */
export function clientMomentText(timestamp: string | undefined, now: Date, receivedAt: string): string {
  if (timestamp === undefined) return receivedAt
  if (isPlainMoment(timestamp)) {
    lastPlain = timestamp
    return timestamp.length === PLAIN_LENGTH ? timestamp : `${timestamp.slice(0, 23)}Z`
  }
  const moment = clientMoment(timestamp, now)
  return moment === now ? receivedAt : moment.toISOString()
}

/**
 * `20YY-MM-DDTHH:MM:SS.mmm…Z` with fields beyond doubt: nearly every moment, and text that need not be read to be cut.
 */
function isPlainMoment(text: string): boolean {
  const last = text.length - 1
  if (last < 23 || text.charCodeAt(last) !== 90 /* Z */ || text.charCodeAt(0) !== 50 || text.charCodeAt(1) !== 48)
    return false
  for (let i = 2; i < last; i++) {
    const code = text.charCodeAt(i)
    const wanted = i < MOMENT.length ? MOMENT.charCodeAt(i) : 48
    if (wanted === 48 ? code < 48 || code > 57 : code !== wanted) return false
  }
  const month = two(text, 5)
  const day = two(text, 8)
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= 28 && two(text, 11) < 24 && two(text, 14) < 60 && two(text, 17) < 60
  )
}
const MOMENT = '2000-00-00T00:00:00.000'
const PLAIN_LENGTH = MOMENT.length + 1
const two = (text: string, at: number): number => (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48

const DAY_MS = 86_400_000
const PUT_BACK_MS = 600_000

/**
 * The client's timestamp for ordering frames. One more than a day ahead of our clock counts as a day ahead: otherwise a
 * single nonsense timestamp would make all later frames look late for ever.
 */
export function orderMoment(at: string, receivedAt: string): string {
  if (at <= receivedAt) return at
  const latest = new Date(Date.parse(receivedAt) + DAY_MS).toISOString()
  return at < latest ? at : latest
}

/** TIM3: no frame is delivered so late, so the sender's clock has been put back since the newest. */
export const wasPutBack = (at: string, newest: string): boolean =>
  at < newest && Date.parse(newest) - Date.parse(at) > PUT_BACK_MS
/** Whether a row to be stored is newer than the row of this table, or from a clock that was put back, in SQL. */
export const isNews = (table: string): string =>
  `(${table}.at <= excluded.at or ${table}.at > excluded.at + interval '${PUT_BACK_MS / 60_000} minutes')`

/** A game object id as unsigned 32-bit: the plugin sends it as a signed int, so dynamic ones arrive negative. */
export const unsignedId = (id: number): number => (id < 0 ? id + 4_294_967_296 : id)

/** `dd.hh:mm:ss` or `hh:mm:ss` in seconds; undefined when it is neither. */
export function spanSeconds(span: string | undefined): number | undefined {
  if (span === undefined) return undefined
  // `hh:mm:ss`, nearly always
  if (span.length === 8 && span.charCodeAt(2) === COLON && span.charCodeAt(5) === COLON) {
    const plain = two(span, 0) * 3_600 + two(span, 3) * 60 + two(span, 6)
    if (digits(span, 0) && digits(span, 3) && digits(span, 6)) return plain
  }
  const match = /^(?:(\d+)\.)?(\d{1,3}):(\d\d):(\d\d)(?:\.\d+)?$/.exec(span.trim())
  if (!match) return undefined
  const [, days = '0', hours, minutes, seconds] = match
  const total = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return total <= 2_147_483_647 ? total : undefined
}
const COLON = 58
const digits = (text: string, at: number): boolean => isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at + 1))
const isDigit = (code: number): boolean => code >= 48 && code <= 57
