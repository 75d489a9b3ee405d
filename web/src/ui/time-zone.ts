// In which time zone moments are shown and typed: the viewer's own, or UTC, in which a guild all over the world agrees.
import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'

export const zoneChoices = ['local', 'utc'] as const
export type ZoneChoice = (typeof zoneChoices)[number]

const stored = useLocalStorage<string>('overlord.zone', 'local')
export const zoneChoice = computed<ZoneChoice>({
  get: () => zoneChoices.find((one) => one === stored.value) ?? 'local',
  set: (choice) => (stored.value = choice),
})
/** For `Intl.DateTimeFormat`; undefined is the viewer's own. */
export const timeZone = computed(() => (zoneChoice.value === 'utc' ? 'UTC' : undefined))

/** A moment as the browser's date field takes it, in the chosen zone, to the second or to the minute. */
export function toField(ms: number, precision: 'second' | 'minute'): string {
  const shift = zoneChoice.value === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - shift).toISOString().slice(0, precision === 'second' ? 19 : 16)
}
/** What a date field holds, in the chosen zone, in milliseconds; NaN while it is not complete. */
export const fromField = (text: string): number => Date.parse(zoneChoice.value === 'utc' && text ? `${text}Z` : text)
