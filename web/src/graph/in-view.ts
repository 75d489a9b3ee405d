import { readonly, ref } from 'vue'

/** How long everything may be hidden before streams end: a look at another tab ends none. */
export const HIDDEN_MS = 5_000

const seen = ref(true)
const returned = ref(0)
const pages = new Set<Document>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Whether somebody may see the page or one of its pop-outs. While nobody can, streams that only show things end. */
export const inView = readonly(seen)
/** Counts the times that the page came back into view after its streams had ended. */
export const returns = readonly(returned)

function look() {
  clearTimeout(timer)
  const isVisible = pages.size === 0 || [...pages].some((page) => page.visibilityState === 'visible')
  if (!isVisible) timer = setTimeout(() => (seen.value = false), HIDDEN_MS)
  else if (!seen.value) {
    returned.value++
    seen.value = true
  }
}

/** Counts a page or a pop-out among what may be seen, until the returned function is called. */
export function watchView(page: Document): () => void {
  pages.add(page)
  page.addEventListener('visibilitychange', look)
  look()
  return () => {
    pages.delete(page)
    page.removeEventListener('visibilitychange', look)
    look()
  }
}
