import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import type { Step } from './dot-walk.ts'
import type { MapRenderer } from './renderer.ts'

export interface GestureHandlers {
  renderer: () => MapRenderer | undefined
  onTap(x: number, y: number): void
  onHover(x: number, y: number): void
  onLeave(): void
  /** The viewer took the map in hand. */
  onTaken(): void
  /** An arrow key: false if no dot lies that way. */
  onStep(step: Step): boolean
  /** The next or the previous character by name. */
  onCycle(step: 1 | -1): void
  onEnter(): void
  onDoubleTap(x: number, y: number): void
  /** The menu of a point, or of what is selected if none is given. */
  onMenu(point: { x: number; y: number } | null): void
  onEscape(): void
}

const TAP_PX = 6
const REST_MS = 180
const KEY_STEP = 90

const ARROWS = new Map<string, Step>([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
])

/** Mouse, wheel, fingers and keys; all of them end in pan and zoom. */
// eslint-disable-next-line max-lines-per-function -- all handlers read and set the same pointers
export function useGestures(host: Ref<HTMLElement | null>, handlers: GestureHandlers) {
  const fingers = new Map<number, { x: number; y: number }>()
  let travelled = 0
  let rest: ReturnType<typeof setTimeout> | undefined

  /** Keeps the map in its quick mode until the hand rests. */
  function busy() {
    const renderer = handlers.renderer()
    if (renderer) renderer.moving = true
    clearTimeout(rest)
    rest = setTimeout(() => handlers.renderer()?.setMoving(false), REST_MS)
  }
  const at = (event: MouseEvent) => {
    const box = host.value!.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }

  useEventListener(host, 'pointerdown', (event) => {
    if (event.button > 0) return
    host.value?.setPointerCapture(event.pointerId)
    fingers.set(event.pointerId, at(event))
    if (fingers.size === 1) travelled = 0
  })
  useEventListener(host, 'pointermove', (event) => {
    const now = at(event)
    const finger = fingers.get(event.pointerId)
    const renderer = handlers.renderer()
    if (!finger || !renderer) return handlers.onHover(now.x, now.y)
    const dx = now.x - finger.x
    const dy = now.y - finger.y
    travelled += Math.abs(dx) + Math.abs(dy)
    if (fingers.size === 1 && travelled > TAP_PX) {
      handlers.onTaken()
      busy()
      renderer.panBy(dx, dy)
    } else if (fingers.size === 2) {
      const other = [...fingers].find(([id]) => id !== event.pointerId)![1]
      const before = Math.hypot(finger.x - other.x, finger.y - other.y)
      const after = Math.hypot(now.x - other.x, now.y - other.y)
      handlers.onTaken()
      busy()
      renderer.panBy(dx / 2, dy / 2)
      if (before > 0) renderer.zoomAt((now.x + other.x) / 2, (now.y + other.y) / 2, after / before)
    }
    fingers.set(event.pointerId, now)
  })
  useEventListener(host, 'pointerup', (event) => {
    const finger = fingers.get(event.pointerId)
    if (finger && fingers.size === 1 && travelled <= TAP_PX) handlers.onTap(finger.x, finger.y)
    fingers.delete(event.pointerId)
  })
  useEventListener(host, 'pointercancel', (event) => fingers.delete(event.pointerId))
  useEventListener(host, 'pointerleave', () => handlers.onLeave())
  useEventListener(
    host,
    'wheel',
    (event) => {
      event.preventDefault()
      const { x, y } = at(event)
      busy()
      // Firefox counts lines where others count pixels; a pinch on a touchpad comes as ctrl + wheel.
      const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1)
      handlers.renderer()?.zoomAt(x, y, Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.0016)))
    },
    { passive: false },
  )
  useEventListener(host, 'dblclick', (event) => {
    const { x, y } = at(event)
    handlers.onDoubleTap(x, y)
  })
  useEventListener(host, 'contextmenu', (event) => {
    event.preventDefault()
    fingers.clear()
    handlers.onMenu(at(event))
  })
  useEventListener(host, 'keydown', (event) => {
    if (onKey(event)) event.preventDefault()
  })

  function onKey(event: KeyboardEvent): boolean {
    const renderer = handlers.renderer()
    if (!renderer || event.ctrlKey || event.metaKey || event.altKey) return false
    const arrow = ARROWS.get(event.key)
    if (arrow) {
      if (!event.shiftKey && handlers.onStep(arrow)) return true
      handlers.onTaken()
      busy()
      renderer.panBy(-arrow[0] * KEY_STEP, -arrow[1] * KEY_STEP)
      return true
    }
    const zoom = { '+': 1.35, '=': 1.35, '-': 1 / 1.35, _: 1 / 1.35 }[event.key]
    if (zoom) {
      busy()
      renderer.zoomMiddle(zoom)
      return true
    }
    const act = {
      PageDown: () => handlers.onCycle(1),
      PageUp: () => handlers.onCycle(-1),
      Enter: () => handlers.onEnter(),
      Escape: () => handlers.onEscape(),
      ContextMenu: () => handlers.onMenu(null),
      F10: event.shiftKey ? () => handlers.onMenu(null) : undefined,
    }[event.key]
    act?.()
    return act !== undefined
  }
}
