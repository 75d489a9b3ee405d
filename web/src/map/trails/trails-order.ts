// Which trails are painted and how, copied out of the world: whoever paints them needs nothing else.
import { emptyPoints } from '../../world/trail.ts'
import type { WorldStore } from '../../world/world-store.ts'
import type { View } from '../view.ts'
import type { TrailStroke, TrailsOrder } from './paint-trails.ts'

export interface TrailsSource {
  world: () => WorldStore
  shown: () => boolean
  selected: () => string | null
  colour: (i: number, view: View) => string
  hides: (i: number) => boolean
}

/** The trails of everybody who is present, that of the selected one last and with a halo; null if none are shown. */
export function trailsOrder({ world: shownWorld, shown, selected, colour, hides }: TrailsSource, view: View) {
  if (!shown()) return null
  const world = shownWorld()
  const chosen = selected() === null ? undefined : world.find(selected()!)
  const drawn: number[] = []
  for (let i = 0; i < world.size; i++) if (i !== chosen && world.isPresent(i, view.now) && !hides(i)) drawn.push(i)
  if (chosen !== undefined) drawn.push(chosen)
  const points = emptyPoints(drawn.reduce((sum, i) => sum + world.trails[i]!.length, 0))
  const strokes: TrailStroke[] = []
  let from = 0
  for (const i of drawn) {
    const trail = world.trails[i]!
    trail.copyTo(points, from)
    const to = from + trail.length
    const usual = { from, to, colour: colour(i, view), width: 1.3, strength: 1 }
    if (chosen === undefined) strokes.push(usual)
    else if (i !== chosen) strokes.push({ ...usual, width: 1.1, strength: 0.7 })
    else strokes.push({ ...usual, colour: view.inks.nameHalo, width: 4.5 }, { ...usual, width: 2.4, strength: 1.3 })
    from = to
  }
  const { cx, cy, k, w, h, dpr } = view
  const order: TrailsOrder = { frame: { cx, cy, k, w, h, dpr }, now: world.serverNow(view.now), points, strokes }
  return order
}
