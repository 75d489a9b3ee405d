import { type InjectionKey, inject, onScopeDispose, provide, shallowRef } from 'vue'

/** What the tooltip of a window is about, and beside what it stands. */
export interface Tipped {
  id: string
  name: string
  anchor: HTMLElement
}

const REST_MS = 180
const key: InjectionKey<ReturnType<typeof provideTip>> = Symbol('tip')

/** One tooltip a window: pointing and focusing show it after a short rest, so that passing over rows asks nothing. */
export function provideTip() {
  const tipped = shallowRef<Tipped | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const hide = () => {
    clearTimeout(timer)
    tipped.value = null
  }
  const show = (item: { id: string; name: string }, event: Event) => {
    clearTimeout(timer)
    // A finger opens the item; a tooltip would only stand in its way.
    if ('pointerType' in event && event.pointerType === 'touch') return
    const anchor = event.currentTarget
    if (!anchor || !('getBoundingClientRect' in anchor)) return
    timer = setTimeout(() => (tipped.value = { ...item, anchor: anchor as HTMLElement }), tipped.value ? 40 : REST_MS)
  }
  onScopeDispose(() => clearTimeout(timer))
  const tip = { tipped, show, hide }
  provide(key, tip)
  return tip
}

/** The tooltip of the window this part stands in. */
export function useTip() {
  const tip = inject(key)
  if (!tip) throw new Error('Only windows that show items have a tooltip.')
  return tip
}
