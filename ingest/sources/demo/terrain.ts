// The land of the demo: hills, a lake, woods and a village, the same for the same seed.
import type { SurfaceCell } from '../../../shared/contract/world-view.ts'

/** Columns from the middle to each edge. */
export const EXTENT = 64
const SEA = 62
const VILLAGE = { x: 6, z: -4, radius: 13 }

/** A number from 0 to 1 that depends on nothing but its arguments. */
export function noiseAt(seed: number, a: number, b: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(a | 0, 0xc2b2ae35) ^ Math.imul(b | 0, 0x27d4eb2f)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32
}

/** Noise between the corners of squares of `size`, smoothed. */
function smooth(seed: number, x: number, z: number, size: number): number {
  const [cx, cz] = [Math.floor(x / size), Math.floor(z / size)]
  const ease = (t: number) => t * t * (3 - 2 * t)
  const [tx, tz] = [ease(x / size - cx), ease(z / size - cz)]
  const mix = (from: number, to: number, t: number) => from + (to - from) * t
  const north = mix(noiseAt(seed, cx, cz), noiseAt(seed, cx + 1, cz), tx)
  const south = mix(noiseAt(seed, cx, cz + 1), noiseAt(seed, cx + 1, cz + 1), tx)
  return mix(north, south, tz)
}

/** The topmost block of a column. */
export function surfaceAt(seed: number, x: number, z: number): SurfaceCell {
  const hills = smooth(seed, x, z, 34) * 26 + smooth(seed + 1, x, z, 11) * 7
  const fromVillage = Math.hypot(x - VILLAGE.x, z - VILLAGE.z)
  const flat = Math.max(0, Math.min(1, (fromVillage - VILLAGE.radius) / 10))
  const y = Math.round(SEA + 3 + (hills - 15) * flat)
  if (fromVillage < VILLAGE.radius) return village(seed, x, z, y)
  if (y < SEA) return { x, z, y: SEA, block: 'water' }
  if (y === SEA) return { x, z, y, block: 'sand' }
  if (y > SEA + 14) return { x, z, y, block: 'snow_block' }
  if (y > SEA + 10) return { x, z, y, block: 'stone' }
  return woods(seed, x, z, y)
}

function woods(seed: number, x: number, z: number, y: number): SurfaceCell {
  const isWood = smooth(seed + 2, x, z, 17) > 0.56
  // A tree stands in the middle of its square; its leaves cover what is next to it.
  const [tx, tz] = [Math.floor(x / 4), Math.floor(z / 4)]
  const distance = Math.abs(x - tx * 4 - 1) + Math.abs(z - tz * 4 - 1)
  if (isWood && distance <= 1 && noiseAt(seed + 3, tx, tz) > 0.35)
    return { x, z, y: y + 4, block: noiseAt(seed + 4, tx, tz) > 0.7 ? 'spruce_leaves' : 'oak_leaves' }
  if (noiseAt(seed + 5, x, z) > 0.992) return { x, z, y: y + 1, block: 'poppy' }
  return { x, z, y, block: 'grass_block' }
}

function village(seed: number, x: number, z: number, y: number): SurfaceCell {
  const [dx, dz] = [x - VILLAGE.x, z - VILLAGE.z]
  if (Math.abs(dx) <= 1 || Math.abs(dz) <= 1) return { x, z, y, block: 'dirt_path' }
  const [hx, hz] = [Math.floor((Math.abs(dx) - 3) / 5), Math.floor((Math.abs(dz) - 3) / 5)]
  const [ix, iz] = [(Math.abs(dx) - 3) % 5, (Math.abs(dz) - 3) % 5]
  const isHouse = hx === 0 && hz === 0 && ix >= 0 && iz >= 0 && ix <= 3 && iz <= 3
  if (isHouse) {
    const isWall = ix === 0 || iz === 0 || ix === 3 || iz === 3
    return { x, z, y: y + 4, block: isWall ? 'stone_bricks' : 'oak_planks' }
  }
  if (hx === 1 && hz === 0 && dx > 0) return { x, z, y, block: ix === 2 ? 'water' : 'wheat' }
  return { x, z, y, block: noiseAt(seed + 6, x, z) > 0.97 ? 'torch' : 'grass_block' }
}
