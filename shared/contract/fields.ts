// The parts that frames are made of, with the bounds the database has: a value past them would wedge a whole batch.
import { Type } from 'typebox'

/** Fits a Postgres `integer`. */
export const int = () => Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 })
/** Fits a Postgres `real` without overflow or underflow of meaning. */
export const real = () => Type.Number({ minimum: -3e38, maximum: 3e38 })
/** Fits a JavaScript number exactly. */
export const whole = () => Type.Integer({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })
export const text = (maxLength: number) => Type.String({ maxLength })
export const optional = Type.Optional
/** A character's name: never empty. */
export const characterName = () => Type.String({ minLength: 1, maxLength: 64 })
/** An ISO 8601 moment as the client's clock had it; read with `clientMoment`. */
export const timestamp = () => Type.String({ maxLength: 40 })

const YEAR_2000 = Date.UTC(2000, 0)
const YEAR_2100 = Date.UTC(2100, 0)

/** The client's moment. Without an offset it is UTC (.NET and Python both leave it out); nonsense gives our own clock. */
export function clientMoment(timestamp: string | undefined, now: Date): Date {
  if (!timestamp) return now
  const zoned = /(?:[zZ]|[+-]\d\d:?\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`
  const ms = Date.parse(zoned)
  return ms >= YEAR_2000 && ms < YEAR_2100 ? new Date(ms) : now
}

const DAY_MS = 86_400_000

/**
 * The client's moment for telling older frames from newer ones. One more than a day ahead of our clock counts as a day
 * ahead: else a single nonsense moment would make everything after it look late for ever.
 */
export function orderMoment(at: string, receivedAt: string): string {
  if (at <= receivedAt) return at
  const latest = new Date(Date.parse(receivedAt) + DAY_MS).toISOString()
  return at < latest ? at : latest
}

/** A game object id as unsigned 32-bit: the plugin sends it as a signed int, so dynamic ones arrive negative. */
export const unsignedId = (id: number): number => (id < 0 ? id + 4_294_967_296 : id)

/** `dd.hh:mm:ss` or `hh:mm:ss` in seconds; undefined when it is neither. */
export function spanSeconds(span: string | undefined): number | undefined {
  const match = span === undefined ? null : /^(?:(\d+)\.)?(\d{1,3}):(\d\d):(\d\d)(?:\.\d+)?$/.exec(span.trim())
  if (!match) return undefined
  const [, days = '0', hours, minutes, seconds] = match
  const total = Number(days) * 86_400 + Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)
  return total <= 2_147_483_647 ? total : undefined
}
