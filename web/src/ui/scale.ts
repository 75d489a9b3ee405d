// How large text and controls are on this device, beside the size that the browser gives them.
import { useLocalStorage } from '@vueuse/core'
import { computed } from 'vue'

/** In percent. */
export const uiScales = [90, 100, 110, 125, 150] as const

const stored = useLocalStorage<number>('overlord.scale', 100)
export const uiPercent = computed<number>({
  get: () => uiScales.find((one) => one === stored.value) ?? 100,
  set: (percent) => (stored.value = percent),
})
export const uiScale = computed(() => uiPercent.value / 100)

/** The bar of the page needs so many pixels at its usual size. */
const BAR_PX = 1280
/** The bar grows only as far as the page has room for all that is in it. */
export const barScaleOf = (scale: number, pageWidth: number) => Math.min(scale, Math.max(1, pageWidth / BAR_PX))
