import type { Component } from 'vue'

type Load = () => Promise<{ default: Component }>

/** What was loaded: the same component object each time, or Vue would throw away what it shows. */
const loaded = new Map<Load, Component>()
/** How long to wait before each further try: a server that restarts is back within seconds. */
const AGAIN_MS: readonly number[] = [400, 1_500]

/** A part that was loaded before; null if it was not. */
export const cachedView = (load: Load): Component | null => loaded.get(load) ?? null

/** Loads a part of the page, and asks again when that fails. Throws the last failure. */
export async function loadView(load: Load, againMs: readonly number[] = AGAIN_MS): Promise<Component> {
  for (let tries = 0; ; tries++) {
    try {
      const { default: component } = await load()
      loaded.set(load, component)
      return component
    } catch (cause) {
      const waitMs = againMs[tries]
      if (waitMs === undefined) throw cause
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
  }
}
