// How a viewer wants Mind's Eye to look; kept in the browser.
import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'
import { texts } from './messages.ts'

export interface EyeSettings {
  title: string
  /** A CSS colour, `#rrggbb`; null for that of the mode. */
  accent: string | null
  /** Colours of blocks that differ in brightness and hue for people who see few colours. */
  distinct: boolean
  rings: boolean
}

export const DEFAULTS: EyeSettings = {
  get title() {
    return texts.mortdecaiMindsEye
  },
  accent: null,
  distinct: false,
  rings: true,
}
const MAX_TITLE = 60

/** What was stored, as far as it is of use. */
export function readSettings(stored: Record<string, unknown>): EyeSettings {
  const { title, accent, distinct, rings } = stored
  return {
    title: typeof title === 'string' && title.trim() ? title.slice(0, MAX_TITLE) : DEFAULTS.title,
    accent: typeof accent === 'string' && /^#[0-9a-f]{6}$/i.test(accent) ? accent : null,
    distinct: typeof distinct === 'boolean' ? distinct : DEFAULTS.distinct,
    rings: typeof rings === 'boolean' ? rings : DEFAULTS.rings,
  }
}

export function useEyeSettings() {
  const stored = useLocalStorage<Record<string, unknown>>('overlord.eye', {})
  const settings = computed(() => readSettings(stored.value))
  const change = (part: Partial<EyeSettings>) => (stored.value = { ...stored.value, ...part })
  return { settings, change }
}
