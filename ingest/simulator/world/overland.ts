// A way over land between two places: the cheapest walk over the land grid, rounded off. Uneven ground bends it.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'
import { isLand, LAND_SIZE, landSquare, squareMiddle } from './land.ts'

const SEA = 7
const MAX_SEA = 5
const roughness = (x: number, y: number) => (((Math.imul(x, 73856093) ^ Math.imul(y, 19349663)) >>> 8) % 100) / 100
const steps = [-1, 0, 1]
  .flatMap((dx) => [-1, 0, 1].map((dy) => ({ dx, dy, length: Math.hypot(dx, dy) })))
  .filter((step) => step.length > 0)
// Squares a road has used are cheaper for the next way: ways run together as real roads do. Only roads tread, and they
// are all laid in one order, so the same seed finds the same ways.
const trodden = new Set<number>()

function cost(x: number, y: number): number {
  if (!isLand(x, y)) return SEA
  return trodden.has(y * LAND_SIZE + x) ? 0.6 : 1 + roughness(x, y)
}

/** Cuts corners twice (Chaikin), so that the way bends instead of turning. */
function smoothed(points: Place[]): Place[] {
  let line = points
  for (let pass = 0; pass < 2; pass++)
    line = line.flatMap((point, i) => {
      const next = line[i + 1]
      if (!next) return [point]
      const mix = (share: number): Place => ({
        ew: point.ew + (next.ew - point.ew) * share,
        ns: point.ns + (next.ns - point.ns) * share,
      })
      return i === 0 ? [point, mix(0.75)] : [mix(0.25), mix(0.75)]
    })
  return line
}

/** A way that crosses next to no water; null when there is none. */
export function overland(from: Place, to: Place, tread = false): Place[] | null {
  const start = landSquare(from)
  const goal = landSquare(to)
  const goalKey = goal.y * LAND_SIZE + goal.x
  const startKey = start.y * LAND_SIZE + start.x
  const far = new Map([[startKey, 0]])
  const came = new Map<number, number>()
  const done = new Set<number>()
  const ring: number[][] = []
  const put = (rank: number, key: number) => (ring[Math.floor(rank)] ??= []).push(key)
  put(0, startKey)
  for (let rank = 0; rank < ring.length && !done.has(goalKey); rank++) {
    // Buckets of one are exact enough for a road and spare a heap.
    for (let key = ring[rank]?.pop(); key !== undefined; key = ring[rank]?.pop()) {
      if (done.has(key)) continue
      done.add(key)
      if (key === goalKey) break
      const x = key % LAND_SIZE
      const y = (key - x) / LAND_SIZE
      for (const { dx, dy, length } of steps) {
        const nx = x + dx
        const ny = y + dy
        if (nx < 0 || ny < 0 || nx >= LAND_SIZE || ny >= LAND_SIZE) continue
        const next = ny * LAND_SIZE + nx
        const total = far.get(key)! + length * cost(nx, ny)
        if (total >= (far.get(next) ?? Infinity)) continue
        far.set(next, total)
        came.set(next, key)
        put(total + 0.6 * Math.hypot(goal.x - nx, goal.y - ny), next)
      }
    }
  }
  const keys: number[] = []
  for (let key: number | undefined = goalKey; key !== undefined; key = came.get(key)) keys.unshift(key)
  if (keys.filter((key) => !isLand(key % LAND_SIZE, Math.floor(key / LAND_SIZE))).length > MAX_SEA) return null
  if (tread) for (const key of keys) trodden.add(key)
  const middles = keys.slice(1, -1).map((key) => squareMiddle(key % LAND_SIZE, Math.floor(key / LAND_SIZE)))
  return smoothed([from, ...middles, to])
}
