// The roads of Dereth: towns and busy places joined where no third place lies between, kept off the sea. All characters
// travel on them, which is why the activity map shows ridges between towns.
import { towns } from '../../../shared/world/dereth/towns.ts'
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { gatheringPlaces } from './gathering-places.ts'
import { overland } from './overland.ts'

interface Road {
  to: number
  points: Place[]
  length: number
}

/** How far apart two places are, in map units. */
export const distance = (a: Place, b: Place): number => Math.hypot(a.ew - b.ew, a.ns - b.ns)

const MAX_ROAD_LENGTH = 48
const lengthOf = (points: readonly Place[]) =>
  points.reduce((sum, point, i) => (i ? sum + distance(points[i - 1]!, point) : 0), 0)

function stops(): Place[] {
  const list: Place[] = towns.map(({ ew, ns }) => ({ ew, ns }))
  for (const place of gatheringPlaces)
    if (list.every((stop) => distance(stop, place) > 6)) list.push({ ew: place.ew, ns: place.ns })
  return list
}

function build(): { nodes: Place[]; roads: Road[][] } {
  const nodes = stops()
  const roads: Road[][] = nodes.map(() => [])
  for (let a = 0; a < nodes.length; a++)
    for (let b = a + 1; b < nodes.length; b++) {
      const straight = distance(nodes[a]!, nodes[b]!)
      if (straight > MAX_ROAD_LENGTH) continue
      // Relative neighbours: no third place is nearer to both. Gives a sparse net that still hangs together.
      if (
        nodes.some((c, i) => i !== a && i !== b && Math.max(distance(c, nodes[a]!), distance(c, nodes[b]!)) < straight)
      )
        continue
      const points = overland(nodes[a]!, nodes[b]!, true)
      if (!points) continue
      const length = lengthOf(points)
      roads[a]!.push({ to: b, points, length })
      roads[b]!.push({ to: a, points: points.toReversed(), length })
    }
  return { nodes, roads }
}

let net: ReturnType<typeof build> | undefined
const spurs = new Map<string, { node: number; points: Place[] } | null>()

/** The roadside place nearest to here and the way to it; null when water is between. */
function spur(place: Place): { node: number; points: Place[] } | null {
  net ??= build()
  const key = `${place.ew.toFixed(1)} ${place.ns.toFixed(1)}`
  const known = spurs.get(key)
  if (known !== undefined) return known
  const order = net.nodes
    .map((_, i) => i)
    .sort((a, b) => distance(net!.nodes[a]!, place) - distance(net!.nodes[b]!, place))
  let found: { node: number; points: Place[] } | null = null
  for (const node of order.slice(0, 3)) {
    const points = distance(net.nodes[node]!, place) < 2 ? [place, net.nodes[node]!] : overland(place, net.nodes[node]!)
    if (points) {
      found = { node, points }
      break
    }
  }
  if (spurs.size > 5000) spurs.clear()
  spurs.set(key, found)
  return found
}

function along(from: number, to: number): Place[] | null {
  const { nodes, roads } = net!
  const far = nodes.map(() => Infinity)
  const came: (Road & { from: number })[] = []
  const open = new Set([from])
  far[from] = 0
  while (open.size > 0) {
    let here = -1
    for (const node of open) if (here < 0 || far[node]! < far[here]!) here = node
    if (here === to) break
    open.delete(here)
    for (const road of roads[here]!) {
      if (far[here]! + road.length >= far[road.to]!) continue
      far[road.to] = far[here]! + road.length
      came[road.to] = { ...road, from: here }
      open.add(road.to)
    }
  }
  if (far[to] === Infinity) return null
  const pieces: Place[][] = []
  for (let node = to; node !== from; node = came[node]!.from) pieces.unshift(came[node]!.points)
  return pieces.flat()
}

/** The way on foot from here to there; null when there is none and only a portal helps. */
export function wayBetween(from: Place, to: Place): Place[] | null {
  if (distance(from, to) < 3) return [from, to]
  const first = spur(from)
  const last = spur(to)
  if (!first || !last) return null
  const middle = first.node === last.node ? [] : along(first.node, last.node)
  return middle && [...first.points, ...middle, ...last.points.toReversed()]
}
