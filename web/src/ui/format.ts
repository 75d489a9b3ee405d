// Numbers and times as people read them.
import { computed } from 'vue'
import { timeZone } from './time-zone.ts'

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const inZone = (options: Intl.DateTimeFormatOptions) =>
  computed(() => new Intl.DateTimeFormat(undefined, { ...options, timeZone: timeZone.value }))
const clock = inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exact = inZone({ dateStyle: 'medium', timeStyle: 'medium' })
const toMinute = inZone({ dateStyle: 'medium', timeStyle: 'short' })
/** ` UTC` where that was chosen: a moment without a zone is read as the reader's own. */
const zoneMark = () => (timeZone.value ? ` ${timeZone.value}` : '')
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })

/** BigInt fields come as text beyond 2^53. */
export function formatCount(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return '–'
  return whole.format(typeof value === 'string' ? BigInt(value) : value)
}
export const formatShort = (value: number | string | null | undefined) =>
  value === null || value === undefined ? '–' : short.format(typeof value === 'string' ? BigInt(value) : value)
export const formatClock = (at: string | number | Date) => clock.value.format(new Date(at))
/** A moment to the second. */
export const formatExact = (at: string | number | Date) => exact.value.format(new Date(at)) + zoneMark()
/** A moment to the minute. */
export const formatMinute = (at: string | number | Date) => toMinute.value.format(new Date(at)) + zoneMark()

/** `12 s`, `4 min`, `3 h`: how long something lasts. */
export function formatSpan(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 90) return `${seconds} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`
  return `${Math.round(seconds / 86_400)} days`
}

/** `45 s`, `12 min`, `3 h 20 min`, `4 d 6 h`: seconds as two figures at most. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : whole} s`
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return `${minutes} min`
  const [big, small, names] =
    minutes < 1440
      ? [Math.floor(minutes / 60), minutes % 60, ['h', 'min']]
      : [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), ['d', 'h']]
  return small ? `${big} ${names[0]} ${small} ${names[1]}` : `${big} ${names[0]}`
}

export function formatAgo(at: string | number, now: number): string {
  const seconds = (new Date(at).getTime() - now) / 1000
  const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ]
  for (const [unit, length] of steps)
    if (Math.abs(seconds) >= length) return relative.format(Math.round(seconds / length), unit)
  return 'just now'
}

const share = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })
/** `37.5%`: 0 to 1 as a percentage. */
export const formatShare = (value: number | null | undefined) =>
  value === null || value === undefined ? '–' : share.format(value)
