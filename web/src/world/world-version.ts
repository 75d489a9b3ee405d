// Apart from the shown world: only windows that are loaded later need this.
import { type Ref, computed, onScopeDispose, ref, watch } from 'vue'
import { useShownWorld, useWorld, watchWorld } from './shown-world.ts'

/** The clock that a page's texts such as "5 min ago" count by: the moment shown, or the present. In milliseconds. */
export function useShownNow(everyMs = 30_000): Readonly<Ref<number>> {
  const { world, clock } = useShownWorld()
  const version = ref(0)
  const timer = setInterval(() => version.value++, everyMs)
  onScopeDispose(() => clearInterval(timer))
  const second = computed(() => clock.moment.value && Math.floor(clock.moment.value / 1_000))
  return computed(() => (void second.value, void version.value, world.value.serverNow(Date.now())))
}

/**
 * A version that grows at most every `everyMs` while the shown world changes, and every few seconds while it does not,
 * so that ages move on. Read it inside a computed, then read the world's arrays.
 */
export function useWorldVersion(everyMs = 400): Readonly<Ref<number>> {
  const version = ref(0)
  const world = useWorld()
  let timer: ReturnType<typeof setTimeout> | undefined
  const grow = () => {
    timer = undefined
    version.value++
  }
  watchWorld(world, () => (timer ??= setTimeout(grow, everyMs)))
  watch(world, grow)
  const ageing = setInterval(() => (timer ??= setTimeout(grow, 0)), 5_000)
  onScopeDispose(() => {
    clearTimeout(timer)
    clearInterval(ageing)
  })
  return version
}
