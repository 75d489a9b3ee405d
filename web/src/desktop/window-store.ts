import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, reactive, ref, watch, watchEffect } from 'vue'
import { kiosk } from '../ui/kiosk.ts'
import { barScaleOf, uiScale } from '../ui/scale.ts'
import { type Bounds, type Guide, type Rect, GAP, clampRect, refit } from './geometry.ts'
import { freeSpot } from './free-spot.ts'
import { isWindowKind, windowKind, type WindowParams } from './kinds.ts'
import { type SavedWindow, readLayout, writeLayout } from './layout.ts'

export type OpenWindow = SavedWindow

const KEY = 'overlord.layout'
const SHEET_BELOW = 720
/** How high the bar of the page is, with the gap above it. */
const BAR = 48

/** A window about something cannot come back without it. */
const isAbout = (kind: string, params: WindowParams) => {
  const { needs } = windowKind(kind)
  return !needs || Boolean(params[needs])
}

/** The windows: where they are, which is in front, and how they come back after a reload. */
// eslint-disable-next-line max-lines-per-function -- the actions of one Pinia store
export const useWindowStore = defineStore('windows', () => {
  const page = reactive({ w: innerWidth, h: innerHeight })
  const barScale = computed(() => barScaleOf(uiScale.value, page.w))
  const barHeight = computed(() => (kiosk.value ? 0 : BAR * barScale.value))
  watchEffect(() => {
    document.documentElement.style.setProperty('--ui-scale', String(uiScale.value))
    document.documentElement.style.setProperty('--bar-scale', String(barScale.value))
  })
  const boundsBelow = (bar: number): Bounds => ({
    left: GAP,
    top: bar + GAP,
    right: page.w - GAP,
    bottom: page.h - GAP,
  })
  const bounds = computed(() => boundsBelow(barHeight.value))
  /** Layouts are kept as they are below the bar of the page: a kiosk has none. */
  const keptBounds = computed(() => boundsBelow(BAR * barScale.value))
  const refitKiosk = (windows: readonly OpenWindow[], before: Bounds, after: Bounds): OpenWindow[] =>
    windows.map((one) => ({ ...one, ...(kiosk.value && !sheets.value ? refit(one, before, after) : {}) }))
  const sheets = computed(() => page.w < SHEET_BELOW)
  const list = ref<OpenWindow[]>(keptLayout().filter(({ kind, params }) => isAbout(kind, params)))
  const guides = ref<Guide[]>([])
  /** The window just asked for: it takes the keyboard, those of a restored layout do not. */
  const asked = ref<string | null>(null)
  const front = computed(() =>
    visible().reduce<OpenWindow | null>((top, one) => (!top || one.z > top.z ? one : top), null),
  )

  function visible() {
    return list.value.filter((one) => one.state !== 'min')
  }

  function keptLayout(): OpenWindow[] {
    const kept = readLayout(localStorage.getItem(KEY), isWindowKind, keptBounds.value)
    return kept ? refitKiosk(kept, keptBounds.value, bounds.value) : firstLayout()
  }

  function firstLayout(): SavedWindow[] {
    // A phone opens on the map; there a window covers half of it.
    if (sheets.value) return []
    const { left, top, bottom } = bounds.value
    const h = Math.round((bottom - top - GAP) * 0.6)
    return [
      { id: 'roster', kind: 'roster', params: {}, x: left, y: top, w: 380, h, z: 2, state: 'normal' },
      {
        id: 'chat',
        kind: 'chat',
        params: {},
        x: left,
        y: top + h + GAP,
        w: 380,
        h: bottom - top - h - GAP,
        z: 1,
        state: 'normal',
      },
    ]
  }

  function open(kind: string, params: WindowParams = {}) {
    const id = windowKind(kind).shared ? kind : [kind, ...Object.values(params)].join(':')
    asked.value = id
    const known = list.value.find((one) => one.id === id)
    if (known) {
      known.params = params
      if (known.state === 'min') known.state = 'normal'
      return focus(known)
    }
    const [w, h] = windowKind(kind).size
    list.value.push({ id, kind, params, ...freeSpot(w, h, visible(), bounds.value), z: 0, state: 'normal' })
    focus(list.value.at(-1)!)
  }

  function focus(window: OpenWindow) {
    const top = Math.max(0, ...list.value.map((one) => one.z))
    if (window.z !== top || window.z === 0) window.z = top + 1
  }
  function close(window: OpenWindow) {
    list.value = list.value.filter((one) => one.id !== window.id)
  }
  function toggle(kind: string) {
    const known = list.value.find((one) => one.id === kind)
    if (!known || known.state === 'min' || (front.value?.id !== known.id && sheets.value)) open(kind)
    else close(known)
  }
  function place(window: OpenWindow, rect: Rect) {
    Object.assign(window, clampRect(rect, bounds.value))
  }
  function setState(window: OpenWindow, state: OpenWindow['state']) {
    window.state = state
  }
  function siblings(window: OpenWindow): Rect[] {
    return visible().filter((one) => one.id !== window.id && one.state === 'normal')
  }
  function resetLayout() {
    list.value = firstLayout()
  }
  function resizePage() {
    page.w = innerWidth
    page.h = innerHeight
  }
  watch(bounds, (now, before) => {
    if (!sheets.value) for (const one of list.value) Object.assign(one, refit(one, before, now))
  })
  addEventListener('resize', resizePage)

  const save = useDebounceFn(
    () => localStorage.setItem(KEY, writeLayout(refitKiosk(list.value, bounds.value, keptBounds.value))),
    300,
  )
  watch(list, save, { deep: true })

  return {
    list,
    asked,
    bounds,
    barHeight,
    sheets,
    guides,
    front,
    open,
    focus,
    close,
    toggle,
    place,
    setState,
    siblings,
    resetLayout,
  }
})
