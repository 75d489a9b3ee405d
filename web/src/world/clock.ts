// The clock of the dashboard: LIVE, or a moment of the past that stands still or runs.
import { type Ref, type ShallowRef, ref, shallowRef } from 'vue'

/** How much faster than real time a clock may run. */
export const SPEEDS = [1, 2, 4, 10, 60, 600] as const

/** Moments are milliseconds since 1970, by the server's clock. */
export interface Clock {
  /** The moment that is shown; null is LIVE. */
  readonly moment: Readonly<Ref<number | null>>
  readonly speed: Ref<number>
  readonly isRunning: Readonly<Ref<boolean>>
  /** The oldest moment that can be shown. */
  readonly first: Ref<number>
  /** What it is held within, such as a session that is replayed; null from the first moment to the present. */
  readonly within: ShallowRef<readonly [first: number, last: number] | null>
  /** Shows a moment that can be shown; whether it runs does not change. */
  goTo(moment: number): void
  /** Back to LIVE. */
  goLive(): void
  /** Stops it or lets it run; at the end of what it is held within it begins again. */
  toggle(): void
  pause(): void
}

/** Calls back on every frame of the page with the milliseconds since the last one, until the callback is false. */
export type Frames = (onFrame: (ms: number) => boolean) => void

/** @param now the present, by the server's clock: a clock that catches up with it is LIVE again */
export function createClock(now: () => number, frames: Frames): Clock {
  const moment = ref<number | null>(null)
  const speed = ref<number>(SPEEDS[0])
  const isRunning = ref(false)
  const first = ref(0)
  const within = shallowRef<readonly [number, number] | null>(null)
  let isDriven = false

  const begin = () => within.value?.[0] ?? first.value
  const last = () => within.value?.[1] ?? now()
  function goTo(to: number) {
    moment.value = Math.max(begin(), Math.min(last(), to))
  }
  function goLive() {
    isRunning.value = false
    moment.value = null
  }
  function onFrame(ms: number): boolean {
    isDriven = isRunning.value && moment.value !== null
    if (!isDriven) return false
    goTo(moment.value! + ms * speed.value)
    if (moment.value! < last()) return true
    if (!within.value) goLive()
    return (isDriven = isRunning.value = false)
  }
  return {
    moment,
    speed,
    isRunning,
    first,
    within,
    goTo,
    goLive,
    toggle() {
      if (moment.value === null) return
      if (!isRunning.value && moment.value >= last()) goTo(begin())
      isRunning.value = !isRunning.value
      if (!isRunning.value || isDriven) return
      isDriven = true
      frames(onFrame)
    },
    pause: () => (isRunning.value = false),
  }
}

/** Frames of this page. A frame that is late by more than a quarter of a second counts as that much. */
export const pageFrames: Frames = (onFrame) => {
  let before = performance.now()
  const step = (at: number) => {
    const ms = Math.max(0, Math.min(250, at - before))
    before = at
    if (onFrame(ms)) requestAnimationFrame(step)
  }
  requestAnimationFrame(step)
}
