import { onScopeDispose, shallowRef, watch } from 'vue'
import { language } from '../language/language.ts'
import { watchView } from '../graph/in-view.ts'
import { isPaletteKey, paletteHost, paletteOpen, togglePalette } from '../ui/palette-open.ts'
import { uiScale } from '../ui/scale.ts'
import { useThemeStore } from '../ui/theme.ts'

/** A second browser window for a second screen: the same app and state, only the elements live there. */
export function usePopOut(title: () => string) {
  const themes = useThemeStore()
  const target = shallowRef<HTMLElement | null>(null)
  let popup: Window | null = null
  let leaveView = () => undefined as void

  function popOut(width: number, height: number): boolean {
    popup = window.open('', '', `popup,width=${Math.round(width)},height=${Math.round(height)}`)
    if (!popup) return false
    for (const node of document.querySelectorAll('style, link[rel=stylesheet]'))
      popup.document.head.append(popup.document.importNode(node, true))
    popup.document.body.style.cssText = 'display:flex;flex-direction:column;background:var(--panel)'
    dress()
    popup.addEventListener('pagehide', comeBack)
    popup.addEventListener('keydown', onKey)
    leaveView = watchView(popup.document)
    target.value = popup.document.body
    return true
  }
  function onKey(event: KeyboardEvent) {
    if (!isPaletteKey(event)) return
    event.preventDefault()
    togglePalette(target.value)
  }
  function dress() {
    if (!popup) return
    popup.document.title = title()
    const root = popup.document.documentElement
    root.dataset.theme = themes.theme
    root.lang = language.value
    // Not by the property that the rules of the page read: menus and dialogs in here would be scaled twice.
    popup.document.body.style.zoom = String(uiScale.value)
  }
  function comeBack() {
    if (paletteHost.value !== null && paletteHost.value === target.value) {
      paletteOpen.value = false
      paletteHost.value = null
    }
    target.value = null
    leaveView()
    popup?.removeEventListener('pagehide', comeBack)
    popup?.close()
    popup = null
  }
  watch([() => themes.theme, language, title, uiScale], dress)
  addEventListener('pagehide', comeBack)
  onScopeDispose(() => {
    removeEventListener('pagehide', comeBack)
    comeBack()
  })
  return { target, popOut, comeBack }
}
