// Numbers and times as people read them, in the language of the page.
import { computed } from 'vue'
import { locale } from '../language/language.ts'
import { texts } from './messages.ts'
import { timeZone } from './time-zone.ts'

const number = (options: Intl.NumberFormatOptions) => computed(() => new Intl.NumberFormat(locale.value, options))
const whole = number({ maximumFractionDigits: 0 })
const short = number({ notation: 'compact', maximumFractionDigits: 1 })
const upToOne = number({ maximumFractionDigits: 1 })
const upToTwo = number({ maximumFractionDigits: 2 })
const inZone = (options: Intl.DateTimeFormatOptions) =>
  computed(() => new Intl.DateTimeFormat(locale.value, { ...options, timeZone: timeZone.value }))
const clock = inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exact = inZone({ dateStyle: 'medium', timeStyle: 'medium' })
const toMinute = inZone({ dateStyle: 'medium', timeStyle: 'short' })
/** ` UTC` where that was chosen: a moment without a zone is read as the reader's own. */
const zoneMark = () => (timeZone.value ? ` ${timeZone.value}` : '')
const relative = computed(() => new Intl.RelativeTimeFormat(locale.value, { numeric: 'auto', style: 'short' }))
const all = computed(() => new Intl.ListFormat(locale.value))

/** BigInt fields come as text beyond 2^53. */
export function formatCount(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return whole.value.format(typeof value === 'string' ? BigInt(value) : value)
}
export const formatShort = (value: number | string | null | undefined) =>
  value === null || value === undefined ? '–' : short.value.format(typeof value === 'string' ? BigInt(value) : value)
/** A figure with at most one digit, or two, after the point. */
export const formatTenths = (value: number) => upToOne.value.format(value)
export const formatHundredths = (value: number) => upToTwo.value.format(value)
/** `Ada, Bo, and Cy`. */
export const formatList = (names: readonly string[]) => all.value.format(names)
export const formatClock = (at: string | number | Date) => clock.value.format(new Date(at))
/** A moment to the second. */
export const formatExact = (at: string | number | Date) => exact.value.format(new Date(at)) + zoneMark()
/** A moment to the minute. */
export const formatMinute = (at: string | number | Date) => toMinute.value.format(new Date(at)) + zoneMark()

/** `12 s`, `4 min`, `3 h`: how long something lasts. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return texts.seconds(seconds)
  if (seconds < 90 * 60) return texts.minutes(Math.round(seconds / 60))
  if (seconds < 48 * 3600) return texts.hours(Math.round(seconds / 3600))
  return texts.days(Math.round(seconds / 86_400))
}

/** `45 s`, `12 min`, `3 h 20 min`, `4 d 6 h`: seconds as two figures at most. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return texts.seconds(seconds < 10 ? Math.round(seconds * 10) / 10 : whole)
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return texts.minutes(minutes)
  return minutes < 1440
    ? texts.hoursAndMinutes(Math.floor(minutes / 60), minutes % 60)
    : texts.daysAndHours(Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60))
}

export function formatAgo(at: string | number, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  for (const [unit, length] of steps)
    if (Math.abs(seconds) >= length) return relative.value.format(Math.round(seconds / length), unit)
  return texts.justNow
}

const share = number({ style: 'percent', maximumFractionDigits: 1 })
/** `37.5%`: 0 to 1 as a percentage. */
export const formatShare = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : share.value.format(value)
