import type { Ref } from 'vue'
import type { provideTip } from './item-tip.ts'

/** Keys of a whole window: `/` goes to its search; Escape closes the tooltip, then what `close` closes. */
export function useWindowKeys(
  box: Readonly<Ref<HTMLElement | null>>,
  tip: ReturnType<typeof provideTip>,
  close: () => void,
) {
  return (event: KeyboardEvent) => {
    const typing = (event.target as Element).closest('input, textarea, select') !== null
    if (event.key === 'Escape') {
      if (tip.tipped.value) tip.hide()
      else if (!typing) close()
      else return
    } else if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey)
      box.value?.querySelector<HTMLInputElement>('input[type=search]')?.focus()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
