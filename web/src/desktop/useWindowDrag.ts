import { useWindowStore, type OpenWindow } from './window-store.ts'
import { type Edge, clampRect, resizeRect, snapMove, snapResize } from './geometry.ts'

const STEP = 16

/** Moves and sizes a window by pointer and by keys. */
export function useWindowDrag(current: () => OpenWindow) {
  const windows = useWindowStore()

  function follow(event: PointerEvent, onMove: (move: PointerEvent) => void) {
    const target = event.currentTarget as HTMLElement
    target.setPointerCapture(event.pointerId)
    const end = () => {
      windows.guides = []
      target.removeEventListener('pointermove', onMove)
      for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
        target.removeEventListener(name, end)
    }
    target.addEventListener('pointermove', onMove)
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) target.addEventListener(name, end)
  }

  function drag(event: PointerEvent) {
    const window = current()
    if (event.button > 0 || windows.sheets || window.state === 'max') return
    const { x, y, w, h } = window
    follow(event, (move) => {
      const rect = { w, h, x: x + move.clientX - event.clientX, y: y + move.clientY - event.clientY }
      // Alt lets a window stand where it is put.
      const snapped = move.altKey ? { rect, guides: [] } : snapMove(rect, windows.siblings(window), windows.bounds)
      windows.guides = snapped.guides
      windows.place(window, snapped.rect)
    })
  }

  function resize(event: PointerEvent, edge: Edge) {
    const window = current()
    const from = { x: window.x, y: window.y, w: window.w, h: window.h }
    follow(event, (move) => {
      const dx = move.clientX - event.clientX
      const dy = move.clientY - event.clientY
      const snapped = move.altKey
        ? { rect: resizeRect(from, edge, dx, dy, windows.bounds), guides: [] }
        : snapResize(from, edge, dx, dy, windows.siblings(window), windows.bounds)
      windows.guides = snapped.guides
      Object.assign(window, snapped.rect)
    })
  }

  /** Arrows move, Shift + arrows size, Ctrl makes the step one pixel, Enter maximises, Escape closes. */
  function key(event: KeyboardEvent) {
    const window = current()
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (arrow && window.state === 'normal' && !windows.sheets) {
      const step = event.ctrlKey ? 1 : STEP
      const [dx, dy] = [arrow[0]! * step, arrow[1]! * step]
      const rect = event.shiftKey
        ? resizeRect(window, 'se', dx, dy, windows.bounds)
        : clampRect({ ...window, x: window.x + dx, y: window.y + dy }, windows.bounds)
      windows.place(window, { x: rect.x, y: rect.y, w: rect.w, h: rect.h })
    } else if (event.key === 'Enter') window.state = window.state === 'max' ? 'normal' : 'max'
    else if (event.key === 'Escape') windows.close(window)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { drag, resize, key }
}
