// Terrain of activity: where the guild has walked becomes land, where it hunts becomes hills. Pure and deterministic.
import type { Place } from '../../../shared/world/dereth/coordinates.ts'

export interface PresenceGrid {
  size: number
  edge: number
  cells: readonly number[]
  visits: readonly number[]
}

/** Height at which the sea ends. */
export const COAST = 0.1
/** Height of the best-trodden ground. */
const TOP = 2.6

/** Cell heights, row 0 in the north. Towns stand on islands of their own, so that a young guild has a chart too. */
export function heightsOf(grid: PresenceGrid, towns: readonly Place[]): Float32Array {
  const { size } = grid
  const visited = new Float32Array(size * size)
  const reference = Math.max(4, quantile(grid.visits, 0.9))
  grid.cells.forEach((cell, i) => {
    if (cell >= 0 && cell < visited.length) visited[cell] = Math.log1p((grid.visits[i]! / reference) * 6)
  })
  const near = blur(visited, size, 2)
  const far = blur(visited, size, 6)
  const heights = new Float32Array(size * size)
  for (let i = 0; i < heights.length; i++) heights[i] = near[i]! * 0.9 + far[i]! * 2
  stretch(heights)
  towns.forEach((town, i) => raise(heights, grid, town, i))
  return blur(heights, size, 1)
}

/** A young guild and an old one both fill the ramp: the highest hundredth of the land stands at the same height. */
function stretch(heights: Float32Array) {
  const land = [...heights.filter((height) => height > 0.03)]
  const top = quantile(land, 0.985)
  if (top === 0) return
  const factor = Math.min(6, Math.max(0.5, TOP / top))
  for (let i = 0; i < heights.length; i++) heights[i]! *= factor
}

/** A small island, its shore bent by waves of its own so that no two towns look alike. */
function raise(heights: Float32Array, { size, edge }: PresenceGrid, { ew, ns }: Place, seed: number) {
  const x = ((ew + edge) / (2 * edge)) * size
  const y = ((edge - ns) / (2 * edge)) * size
  const reach = 16
  for (let row = Math.max(0, Math.floor(y - reach)); row < Math.min(size, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x - reach)); column < Math.min(size, x + reach); column++) {
      const [dx, dy] = [column + 0.5 - x, row + 0.5 - y]
      const angle = Math.atan2(dy, dx)
      const shore =
        5.2 +
        1.5 * Math.sin(angle * 2 + seed * 1.7) +
        1.1 * Math.sin(angle * 3 - seed * 2.3) +
        0.6 * Math.sin(angle * 5 + seed)
      heights[row * size + column]! += 0.5 * Math.exp(-(dx * dx + dy * dy) / (shore * shore))
    }
  }
}

/** Three box blurs come near to a Gaussian, at a cost that does not grow with the radius. */
export function blur(from: Float32Array, size: number, radius: number): Float32Array {
  const out = from.slice()
  const line = new Float32Array(size)
  for (let pass = 0; pass < 3; pass++) {
    for (let i = 0; i < size; i++) boxBlur(out, i * size, 1, size, radius, line)
    for (let i = 0; i < size; i++) boxBlur(out, i, size, size, radius, line)
  }
  return out
}

function boxBlur(data: Float32Array, offset: number, step: number, size: number, radius: number, line: Float32Array) {
  let sum = 0
  for (let i = 0; i < Math.min(radius, size); i++) sum += data[offset + i * step]!
  for (let i = 0; i < size; i++) {
    if (i + radius < size) sum += data[offset + (i + radius) * step]!
    if (i - radius - 1 >= 0) sum -= data[offset + (i - radius - 1) * step]!
    line[i] = sum / (2 * radius + 1)
  }
  for (let i = 0; i < size; i++) data[offset + i * step] = line[i]!
}

export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

/** Height between the middles of four cells; `x` and `y` in cells. */
export function heightAt(heights: Float32Array, size: number, x: number, y: number): number {
  const column = Math.max(0, Math.min(size - 2, Math.floor(x)))
  const row = Math.max(0, Math.min(size - 2, Math.floor(y)))
  const fx = Math.max(0, Math.min(1, x - column))
  const fy = Math.max(0, Math.min(1, y - row))
  const i = row * size + column
  const top = heights[i]! * (1 - fx) + heights[i + 1]! * fx
  const bottom = heights[i + size]! * (1 - fx) + heights[i + size + 1]! * fx
  return top * (1 - fy) + bottom * fy
}
