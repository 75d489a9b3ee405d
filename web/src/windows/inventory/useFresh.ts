import { onScopeDispose, shallowRef } from 'vue'

const STAY_MS = 6_000

/** Ids of items that changed a moment ago. */
export function useFresh() {
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const timers = new Set<ReturnType<typeof setTimeout>>()
  function mark(ids: readonly string[]) {
    if (ids.length === 0) return
    fresh.value = new Set([...fresh.value, ...ids])
    const timer = setTimeout(() => {
      timers.delete(timer)
      fresh.value = new Set([...fresh.value].filter((id) => !ids.includes(id)))
    }, STAY_MS)
    timers.add(timer)
  }
  onScopeDispose(() => timers.forEach(clearTimeout))
  return { fresh, mark }
}
