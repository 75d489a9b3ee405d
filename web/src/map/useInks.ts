import { computed } from 'vue'
import { useThemeStore } from '../ui/theme.ts'
import { mapInks } from './map-inks.ts'

/** The map's colours, for components that show the same things beside it. */
export function useInks() {
  const themes = useThemeStore()
  return computed(() => mapInks[themes.theme])
}
