// Moments and spans as the original wrote them.
import { z } from 'zod'

/** `2026-06-20T18:03:11.123000+00:00`: as Python's isoformat() writes a moment in UTC. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00$/)
  .describe('A moment in UTC, as Python’s isoformat() writes it.')

/** A moment of the graph (`…Z`) as Python's isoformat() would write it: six digits of a fraction, or none. */
export function isoformat(at: string): string {
  const parts = /^(.{19})(?:\.(\d+))?Z$/.exec(at) ?? /^(.{19})\.(\d+)Z$/.exec(new Date(at).toISOString())!
  const micros = (parts[2] ?? '').padEnd(6, '0').slice(0, 6)
  return `${parts[1]}${micros === '000000' ? '' : `.${micros}`}+00:00`
}

/** The same; null for null. */
export const isoformatOrNull = (at: string | null | undefined): string | null => (at == null ? null : isoformat(at))

const two = (number: number): string => String(number).padStart(2, '0')

/** Seconds as `hh:mm:ss`, from a day on as `d.hh:mm:ss`: as .NET writes a TimeSpan. */
export function timeSpan(seconds: number): string {
  const whole = Math.max(0, Math.trunc(seconds))
  const days = Math.floor(whole / 86_400)
  const time = [Math.floor(whole / 3_600) % 24, Math.floor(whole / 60) % 60, whole % 60].map(two).join(':')
  return days ? `${days}.${time}` : time
}
