import { useEventListener } from '@vueuse/core'
import { type ShallowRef, onScopeDispose, shallowRef, watch } from 'vue'
import type { Place } from '../../../../../shared/world/dereth/coordinates.ts'
import { useWorld } from '../../../world/shown-world.ts'
import { useMapStore } from '../../map-store.ts'
import type { MapRenderer } from '../../renderer.ts'
import { freeMiddle, toEw, toNs } from '../../view.ts'
import { namesWithin } from './measure.ts'
import { toolsLayer } from './tools-layer.ts'

const MAX_WAY = 40
/** A lasso so short was a click. */
const STEP_PX = 4
const MIN_CORNERS = 3

/** Selecting many by a lasso (or by Space, one by one), and measuring a way. */
export function useTools(renderer: MapRenderer, host: HTMLElement) {
  const map = useMapStore()
  const world = useWorld()
  const lasso = shallowRef<readonly Place[]>([])
  const way = shallowRef<readonly Place[]>([])
  const layer = toolsLayer({
    world: () => world.value,
    picked: () => map.picked,
    lasso: () => lasso.value,
    way: () => way.value,
  })
  renderer.add('top', layer)
  onScopeDispose(() => renderer.remove(layer))
  watch([() => map.picked, lasso, way], () => renderer.invalidate('top'))
  watch(
    () => map.tool,
    (tool) => {
      lasso.value = way.value = []
      host.classList.toggle('cursor-crosshair!', tool !== null)
      if (tool) host.focus()
    },
  )

  useLasso(renderer, host, lasso)
  const pick = (names: readonly string[]) => (map.picked = [...new Set(names)])
  const add = (place: Place) => way.value.length < MAX_WAY && (way.value = [...way.value, place])
  const addMiddle = () => add(freeMiddle(renderer.camera, renderer.free))
  const undo = () => (way.value = way.value.slice(0, -1))

  /** True while a way is measured: the tap is a place of it. */
  function onTap(x: number, y: number): boolean {
    if (map.tool !== 'measure') return false
    const view = { ...renderer.camera, w: renderer.w, h: renderer.h }
    add({ ew: toEw(view, x), ns: toNs(view, y) })
    return true
  }
  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const isMeasuring = map.tool === 'measure'
    if (event.key === 'Escape' && (map.tool || map.picked.length > 0)) {
      if (!map.tool) map.picked = []
      map.tool = null
    } else if (event.key === ' ' && isMeasuring) addMiddle()
    else if (event.key === 'Backspace' && isMeasuring) undo()
    else if (event.key === ' ' && map.selected !== null) {
      const isPicked = map.picked.includes(map.selected)
      pick(isPicked ? map.picked.filter((name) => name !== map.selected) : [...map.picked, map.selected])
    } else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  useEventListener(host, 'keydown', onKey, { capture: true })
  return { way, onTap, addMiddle, undo }
}

/** Selects by a line around the characters: with the tool, or with Shift. */
function useLasso(renderer: MapRenderer, host: HTMLElement, lasso: ShallowRef<readonly Place[]>) {
  const map = useMapStore()
  const world = useWorld()
  const placeAt = (event: PointerEvent): Place => {
    const box = host.getBoundingClientRect()
    const view = { ...renderer.camera, w: renderer.w, h: renderer.h }
    return { ew: toEw(view, event.clientX - box.left), ns: toNs(view, event.clientY - box.top) }
  }
  let last: { x: number; y: number } | null = null
  let isAdded = false
  function begin(event: PointerEvent) {
    host.setPointerCapture(event.pointerId)
    isAdded = event.ctrlKey || event.metaKey
    last = { x: event.clientX, y: event.clientY }
    lasso.value = [placeAt(event)]
  }
  function end() {
    const found = lasso.value.length >= MIN_CORNERS ? namesWithin(world.value, lasso.value, Date.now()) : []
    if (lasso.value.length >= MIN_CORNERS) pick(isAdded ? [...map.picked, ...found] : found)
    lasso.value = []
    last = null
    if (map.tool === 'lasso') map.tool = null
  }
  const pick = (names: readonly string[]) => (map.picked = [...new Set(names)])

  const taken = { capture: true }
  useEventListener(
    host,
    'pointerdown',
    (event) => {
      if (event.button > 0 || !(map.tool === 'lasso' || (event.shiftKey && map.tool === null))) return
      event.stopImmediatePropagation()
      begin(event)
    },
    taken,
  )
  useEventListener(
    host,
    'pointermove',
    (event) => {
      if (!last) return
      event.stopImmediatePropagation()
      if (Math.hypot(event.clientX - last.x, event.clientY - last.y) < STEP_PX) return
      last = { x: event.clientX, y: event.clientY }
      lasso.value = [...lasso.value, placeAt(event)]
    },
    taken,
  )
  useEventListener(
    host,
    ['pointerup', 'pointercancel'],
    (event) => {
      if (!last) return
      event.stopImmediatePropagation()
      end()
    },
    taken,
  )
}
