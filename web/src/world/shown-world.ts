// What the page shows: the live world, or the world of the clock's moment. Windows and the map are given it; only what
// fills the live world, or is about the connection, knows that one.
import {
  type App,
  type InjectionKey,
  type Ref,
  type ShallowRef,
  computed,
  inject,
  onScopeDispose,
  ref,
  shallowRef,
  watch,
} from 'vue'
import { type Clock, createClock, pageFrames } from './clock.ts'
import { liveWorld } from './live-world.ts'
import type { WorldStore } from './world-store.ts'

export interface ShownWorld {
  /** The world of the clock's moment; the live one while the clock is LIVE. */
  world: ShallowRef<WorldStore>
  clock: Clock
  /** Whether the time bar is wanted. */
  isBarOpen: Ref<boolean>
}

const key: InjectionKey<ShownWorld> = Symbol('shown world')

function liveOnly(): ShownWorld {
  const clock = createClock(() => liveWorld.serverNow(Date.now()), pageFrames)
  return { world: shallowRef(liveWorld), clock, isBarOpen: ref(false) }
}

/** Gives a page its one clock, with the world of its moment. */
export const provideShownWorld = (app: App) => app.provide(key, liveOnly())

export function useShownWorld(): ShownWorld {
  const shown = inject(key)
  if (!shown) throw new Error('Only parts of a page know what it shows.')
  return shown
}

export const useWorld = (): ShallowRef<WorldStore> => useShownWorld().world

/** The clock of the dashboard. */
export const useClock = (): Clock => useShownWorld().clock

/**
 * The moment that is shown, as ISO 8601 text to ask the graph with; null while LIVE. Changes at most every `everyMs`
 * while the clock runs or is dragged.
 */
export function useMoment(everyMs = 1_000): Readonly<Ref<string | null>> {
  const { moment } = useClock()
  const asked = ref(moment.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(moment, (now, before) => {
    if (now === null || before === null) {
      clearTimeout(timer)
      timer = undefined
      asked.value = now
    } else
      timer ??= setTimeout(() => {
        timer = undefined
        asked.value = moment.value
      }, everyMs)
  })
  onScopeDispose(() => clearTimeout(timer))
  return computed(() => (asked.value === null ? null : new Date(asked.value).toISOString()))
}

/** Calls back on every change of whichever world is shown, until the scope ends. */
export function watchWorld(world: ShallowRef<WorldStore>, onChange: () => void): void {
  let stop: () => void = () => undefined
  watch(
    world,
    (shown) => {
      stop()
      stop = shown.onChange(onChange)
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
}
