import { onScopeDispose, shallowRef, triggerRef } from 'vue'
import { WorldStore } from './world-store.ts'

/** The world of this page: one, outside every component, since the map and all windows look at the same. */
export const world = new WorldStore()

/**
 * A version that grows at most every `everyMs` while the world changes, and every few seconds while it does not,
 * so that ages move on. Read it inside a computed, then read the world's arrays.
 */
export function useWorldVersion(everyMs = 400) {
  const version = shallowRef(0)
  let timer: ReturnType<typeof setTimeout> | undefined
  const grow = () => {
    timer = undefined
    version.value++
    triggerRef(version)
  }
  const stop = world.onChange(() => (timer ??= setTimeout(grow, everyMs)))
  const ageing = setInterval(() => (timer ??= setTimeout(grow, 0)), 5_000)
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
    clearInterval(ageing)
  })
  return version
}
