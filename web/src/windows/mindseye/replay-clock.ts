// The clock of a replay. Nothing else of the dashboard shows a past moment by a clock yet; one that does can take the
// place of `replayClock` here, for the replay reads and sets it only by `ReplayClock`.
import { useRafFn } from '@vueuse/core'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'

/** How much faster than real time a clock may run. */
export const SPEEDS = [1, 2, 4, 16] as const

/** A clock that can be set and run. Moments are milliseconds since 1970. */
export interface ReplayClock {
  now: Readonly<Ref<number>>
  /** The first and the last moment; null while nothing is shown by it. */
  span: Readonly<ShallowRef<readonly [number, number] | null>>
  speed: Ref<number>
  isRunning: Readonly<Ref<boolean>>
  /** Shows the first moment of a span, stopped; null ends it. */
  open(span: readonly [number, number] | null): void
  /** Sets it, within its span. */
  seek(to: number): void
  /** Stops it, or lets it run; at its end it begins again. */
  toggle(): void
}

/** A clock of its own for one window. It runs while the component does, by the frames of the page. */
export function replayClock(): ReplayClock {
  const now = ref(0)
  const span = shallowRef<readonly [number, number] | null>(null)
  const speed = ref<number>(SPEEDS[0])
  const isRunning = ref(false)
  const frames = useRafFn(({ delta }) => advance(delta), { immediate: false })

  function seek(to: number): void {
    if (span.value) now.value = Math.min(span.value[1], Math.max(span.value[0], to))
  }
  function run(isOn: boolean): void {
    isRunning.value = isOn
    if (isOn) frames.resume()
    else frames.pause()
  }
  function advance(ms: number): void {
    seek(now.value + ms * speed.value)
    if (!span.value || now.value >= span.value[1]) run(false)
  }
  return {
    now,
    span,
    speed,
    isRunning,
    seek,
    open(next) {
      run(false)
      span.value = next
      now.value = next?.[0] ?? 0
    },
    toggle() {
      if (!span.value) return
      if (!isRunning.value && now.value >= span.value[1]) seek(span.value[0])
      run(!isRunning.value)
    },
  }
}
