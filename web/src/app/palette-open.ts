import { ref } from 'vue'

export const paletteOpen = ref(false)
/** Whether the sheet of all keys is open. */
export const keySheetOpen = ref(false)
