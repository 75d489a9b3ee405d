import { shallowRef } from 'vue'

export interface Toast {
  id: number
  kind: 'rare' | 'fault' | 'note'
  title: string
  text: string
  /** What a click does. */
  act?: () => void
  /** Until it is clicked or dismissed. */
  stays?: true
}

const STAY_MS = { rare: 8_000, fault: 9_000, note: 5_000 }
const MAX_TOASTS = 3
let lastId = 0

export const toasts = shallowRef<readonly Toast[]>([])
/** The messages for screen readers, newest last. */
export const spoken = shallowRef<readonly { id: number; text: string }[]>([])

export function showToast(toast: Omit<Toast, 'id'>) {
  const id = ++lastId
  toasts.value = [...toasts.value.slice(1 - MAX_TOASTS), { ...toast, id }]
  announce(`${toast.title}. ${toast.text}`)
  if (!toast.stays) setTimeout(() => dropToast(id), STAY_MS[toast.kind])
}

export function dropToast(id: number) {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}

export function announce(text: string) {
  spoken.value = [...spoken.value.slice(-19), { id: ++lastId, text }]
}
