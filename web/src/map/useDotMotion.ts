import { usePreferredReducedMotion } from '@vueuse/core'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { onScopeDispose, watch } from 'vue'
import { useMapStore } from './map-store.ts'
import { useWorld, watchWorld } from '../world/shown-world.ts'
import type { WorldStore } from '../world/world-store.ts'
import type { MapRenderer } from './renderer.ts'
import { centreOn } from './view.ts'

/** Dots show news with the next frame; the trails, which cost more, follow at most so often … */
const TRAILS_MS = 400
/** … and old trails fade even without any. */
const AGEING_MS = 5_000
/** A step shorter than this many pixels is not worth gliding. */
const VISIBLE_PX = 1.2

/** Moves the dots: glides only while the zoom makes motion visible, else redraws when news comes. */
export function useDotMotion(renderer: () => MapRenderer | undefined) {
  const map = useMapStore()
  const reduced = usePreferredReducedMotion()
  const shown = useWorld()
  let timer: ReturnType<typeof setTimeout> | undefined

  function glide(i: number, now: number): number {
    const world = shown.value
    // A past world says on each frame where everybody stands.
    if (world.isPast || reduced.value === 'reduce') return 1
    return Math.min(1, Math.max(0, (now - world.movedAt[i]!) / world.stepMs[i]!))
  }

  const isGliding = (now: number): boolean => isAnyGliding(shown.value, renderer()?.camera.k ?? 0, (i) => glide(i, now))

  function motion(now: number): boolean {
    const map = renderer()
    if (!map || document.hidden) return false
    map.invalidate('top')
    followSelected(now)
    return isGliding(now)
  }

  function followSelected(now: number) {
    const world = shown.value
    const i = map.selected === null ? undefined : world.find(map.selected)
    const view = renderer()
    if (!view || view.moving || !map.following || i === undefined || world.isBelow(i) || !world.isPresent(i, now))
      return
    approach(view, between(world, i, glide(i, now)))
  }

  function news() {
    timer = undefined
    const view = renderer()
    if (!view || document.hidden) return
    // While the map is moved, the trails are painted again for that as often as they may be.
    if (!view.moving) view.invalidate('trails')
    view.invalidate('top')
    const now = Date.now()
    if (isGliding(now) || map.following) view.animate(motion)
  }

  /** What came is drawn once a frame, however much of it there is; the first of it also starts the dots that glide. */
  function newsOfDots() {
    const view = renderer()
    timer ??= setTimeout(news, Math.max(TRAILS_MS, view?.pauseMs ?? 0))
    if (!view || document.hidden) return
    view.invalidate('top')
    view.animate(motion)
  }

  watchWorld(shown, newsOfDots)
  const ageing = setInterval(() => shown.value.size > 0 && (timer ??= setTimeout(news, 0)), AGEING_MS)
  watch(reduced, news)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearInterval(ageing)
  })
  return { glide }
}

/** Whether a dot is on its way so far that the eye sees it move. */
function isAnyGliding(world: WorldStore, k: number, share: (i: number) => number): boolean {
  for (let i = 0; i < world.size; i++) {
    if (share(i) >= 1) continue
    const [dx, dy] = [world.ew[i]! - world.fromEw[i]!, world.ns[i]! - world.fromNs[i]!]
    if (Math.max(Math.abs(dx), Math.abs(dy)) * k > VISIBLE_PX) return true
  }
  return false
}

/** Where a dot stands on the way between its last two places. */
const between = (world: WorldStore, i: number, share: number): Place => ({
  ew: world.fromEw[i]! + (world.ew[i]! - world.fromEw[i]!) * share,
  ns: world.fromNs[i]! + (world.ns[i]! - world.fromNs[i]!) * share,
})

/** The camera closes a tenth of the way on every frame; the dot stays near the middle without jerks. */
function approach(view: MapRenderer, place: Place) {
  const { cx, cy, k } = view.camera
  const target = centreOn(place, k, view.free)
  const dx = target.cx - cx
  const dy = target.cy - cy
  if (Math.hypot(dx, dy) * k > 0.5) view.look({ k, cx: cx + dx * 0.1, cy: cy + dy * 0.1 })
}
