// The clock of a replay: the page's one clock, held within the session. On the dashboard the map shows that moment too.
import { computed, shallowRef, watch, onScopeDispose, type Ref, type ShallowRef } from 'vue'
import type { Clock } from '../../world/clock.ts'

/** A clock that can be set and run. Moments are milliseconds since 1970. */
export interface ReplayClock {
  now: Readonly<Ref<number>>
  /** The first and the last moment; null while nothing is shown by it. */
  span: Readonly<ShallowRef<readonly [number, number] | null>>
  speed: Ref<number>
  isRunning: Readonly<Ref<boolean>>
  /** Shows the first moment of a span, stopped; null ends it, and the page is LIVE again. */
  open(span: readonly [number, number] | null): void
  /** Sets it, within its span. */
  seek(to: number): void
  /** Stops it, or lets it run; at its end it begins again. */
  toggle(): void
}

/** @param onLive the page went back to LIVE from elsewhere: nothing is shown by the clock any more */
export function replayClock(clock: Clock, onLive: () => void): ReplayClock {
  const span = shallowRef<readonly [number, number] | null>(null)
  const now = computed(() => clock.moment.value ?? span.value?.[0] ?? 0)
  function open(next: readonly [number, number] | null) {
    const isOver = span.value !== null && next === null
    span.value = clock.within.value = next
    clock.pause()
    if (next) clock.goTo(next[0])
    else if (isOver) clock.goLive()
  }
  watch(clock.moment, (moment) => {
    if (moment === null && span.value !== null) onLive()
  })
  onScopeDispose(() => span.value && (clock.within.value = null))
  return { now, span, speed: clock.speed, isRunning: clock.isRunning, open, seek: clock.goTo, toggle: clock.toggle }
}
