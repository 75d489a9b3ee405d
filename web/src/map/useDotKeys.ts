import { byText } from '../language/language.ts'
import { ref } from 'vue'
import { formatPlace } from '../../../shared/world/dereth/coordinates.ts'
import { useWorld } from '../world/shown-world.ts'
import type { SeenDot } from './layers/dots-layer.ts'
import { type Step, dotTowards, nearestDot } from './dot-walk.ts'
import type { useMapStore } from './map-store.ts'
import type { MapRenderer } from './renderer.ts'
import { texts } from './messages.ts'

/**
 * Walks the dots by keys: arrows to the next one in sight, PageUp and PageDown by name. Walking selects and says what
 * is selected, and neither moves the map nor follows.
 */
export function useDotKeys(
  map: ReturnType<typeof useMapStore>,
  renderer: () => MapRenderer | undefined,
  seen: () => readonly SeenDot[],
) {
  /** What the keys just selected, in words. */
  const spoken = ref('')
  const shown = useWorld()

  function select(name: string) {
    map.select(name)
    const world = shown.value
    const i = world.find(name)!
    const health = world.health[i]! < 0 ? '' : texts.health(Math.round(world.health[i]!))
    const place = world.isBelow(i) ? texts.belowGround : formatPlace({ ew: world.ew[i]!, ns: world.ns[i]! })
    spoken.value = `${name}, ${world.activityAt(i, Date.now())}${health}, ${place}`
  }

  function onStep(step: Step): boolean {
    const view = renderer()
    if (!view) return false
    const dots = seen()
    const from = dots.find(({ i }) => shown.value.names[i] === map.selected)
    const { left, right, top, bottom } = view.free
    const middle = { x: (left + view.w - right) / 2, y: (top + view.h - bottom) / 2 }
    const next = from ? dotTowards(dots, from, step) : nearestDot(dots, middle)
    if (next) select(shown.value.names[next.i]!)
    return next !== null
  }

  function onCycle(step: 1 | -1) {
    const now = Date.now()
    const world = shown.value
    const here = world.names.filter((_, i) => world.isPresent(i, now)).sort(byText)
    const at = map.selected === null ? -1 : here.indexOf(map.selected)
    const next = at < 0 ? (step === 1 ? 0 : here.length - 1) : (at + step + here.length) % here.length
    if (here[next] !== undefined) select(here[next])
  }
  return { spoken, onStep, onCycle }
}
