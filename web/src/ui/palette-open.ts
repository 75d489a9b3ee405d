import { ref, shallowRef } from 'vue'

export const paletteOpen = ref(false)
/** The body of the pop-out that the palette was opened in; null on the page itself. */
export const paletteHost = shallowRef<HTMLElement | null>(null)
/** Whether the sheet of all keys is open. */
export const keySheetOpen = ref(false)

/** Whether these keys open or close the palette. */
export const isPaletteKey = (event: KeyboardEvent): boolean =>
  event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)

/** Opens or closes the palette, in a pop-out if its body is given. */
export function togglePalette(host: HTMLElement | null = null) {
  if (!paletteOpen.value) paletteHost.value = host
  paletteOpen.value = !paletteOpen.value
}
