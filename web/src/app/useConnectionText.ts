import { useIntervalFn } from '@vueuse/core'
import { computed, ref } from 'vue'
import { connection } from '../graph/connection.ts'
import { formatSpan } from '../ui/format.ts'
import { liveWorld } from '../world/live-world.ts'
import { texts } from './messages.ts'

/** So long after the socket was lost the data is called old. */
const STALE_AFTER_MS = 8_000

/** How the connection stands and how old the newest word is, in words. */
export function useConnectionText() {
  const now = ref(Date.now())
  useIntervalFn(() => (now.value = Date.now()), 1000)
  const newest = computed(() => {
    void now.value
    let at = 0
    for (let i = 0; i < liveWorld.size; i++) at = Math.max(at, liveWorld.heardAt[i]!)
    return at === 0 ? null : Math.max(0, liveWorld.serverNow(now.value) - at)
  })
  const lostMs = computed(() => (connection.value.status === 'lost' ? now.value - connection.value.since : 0))
  const status = computed(() => connection.value.status)
  const text = computed(() => {
    if (status.value === 'live') return texts.live
    if (status.value === 'lost') return texts.reconnecting(formatSpan(lostMs.value))
    return texts.connecting
  })
  const stale = computed(() =>
    lostMs.value > STALE_AFTER_MS
      ? newest.value === null
        ? texts.noConnection
        : texts.noConnectionSince(formatSpan(newest.value))
      : null,
  )
  return { status, text, stale, newest }
}
