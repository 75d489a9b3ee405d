import type { Theme } from '../ui/theme.ts'
import { COAST, blur, heightAt } from './terrain.ts'

type Rgb = readonly [number, number, number]
interface Ramp {
  sea: readonly [deep: Rgb, shallow: Rgb]
  /** Height and its tint, lowest first. */
  land: readonly (readonly [number, Rgb])[]
  shade: number
  /** Factor on the tint where a line runs. */
  contour: number
  coast: number
  depth: number
}

export const ramps: Record<Theme, Ramp> = {
  dark: {
    sea: [
      [10, 18, 26],
      [20, 38, 50],
    ],
    land: [
      [0.1, [28, 52, 52]],
      [0.35, [42, 68, 56]],
      [0.8, [66, 84, 58]],
      [1.4, [98, 96, 64]],
      [2.1, [126, 108, 74]],
      [3.2, [156, 136, 104]],
    ],
    shade: 2.6,
    contour: 1.17,
    coast: 1.6,
    depth: 1.22,
  },
  light: {
    sea: [
      [190, 209, 219],
      [208, 223, 228],
    ],
    land: [
      [0.1, [222, 229, 205]],
      [0.3, [214, 224, 186]],
      [0.7, [215, 215, 168]],
      [1.2, [222, 205, 156]],
      [1.9, [224, 190, 146]],
      [3, [236, 216, 194]],
    ],
    shade: 1.6,
    contour: 0.94,
    coast: 0.74,
    depth: 0.965,
  },
  contrast: {
    sea: [
      [0, 0, 0],
      [10, 14, 18],
    ],
    land: [
      [0.1, [28, 34, 32]],
      [0.7, [44, 48, 40]],
      [1.9, [64, 60, 48]],
      [3, [84, 78, 62]],
    ],
    shade: 1.2,
    contour: 1.3,
    coast: 3.2,
    depth: 1,
  },
}

export const CONTOUR_STEP = 0.2
const BEACH = 0.05

/**
 * The terrain as pixels, `scale` a cell, lit from the north-west; its lines are drawn in unless the caller draws them.
 */
export function paintTerrain(
  heights: Float32Array,
  size: number,
  theme: Theme,
  scale: number,
  lined: boolean,
): Uint8ClampedArray<ArrayBuffer> {
  const ramp = ramps[theme]
  const side = size * scale
  const fine = new Float32Array(side * side)
  const depth = new Float32Array(side * side)
  // Under water there is no activity to show; a wide blur of the land stands for the depth of the sea around it.
  const shelf = blur(
    heights.map((height) => Math.min(0.6, height)),
    size,
    9,
  )
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      fine[y * side + x] = heightAt(heights, size, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5)
      depth[y * side + x] = heightAt(shelf, size, (x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5)
    }
  }
  // Straight interpolation has a crease at every cell, and light from the side shows each one.
  const smooth = blur(fine, side, scale - 1)
  const pixels = new Uint8ClampedArray(side * side * 4)
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const i = y * side + x
      const height = smooth[i]!
      const west = x ? smooth[i - 1]! : height
      const north = y ? smooth[i - side]! : height
      const land = height > COAST
      const sea = mix(ramp.sea[0], ramp.sea[1], Math.min(1, depth[i]! * 9))
      // Without lines the shore is a beach: a hard edge would show the pixels.
      const dry = lined ? Number(land) : Math.min(1, Math.max(0, (height - COAST) / BEACH + 0.5))
      const tint = dry === 0 ? sea : dry === 1 ? landTint(ramp, height) : mix(sea, landTint(ramp, height), dry)
      let light = land ? 1 + Math.max(-0.2, Math.min(0.24, (height - west + height - north) * ramp.shade)) : 1
      if (!lined) light = 1 + (light - 1) * dry
      else if (land !== west > COAST || land !== north > COAST) light *= ramp.coast
      else if (land && (crosses(height, west, CONTOUR_STEP) || crosses(height, north, CONTOUR_STEP)))
        light *= ramp.contour
      else if (!land && depthLine(depth, i, x, y, side)) light *= ramp.depth
      pixels[i * 4] = tint[0] * light
      pixels[i * 4 + 1] = tint[1] * light
      pixels[i * 4 + 2] = tint[2] * light
      pixels[i * 4 + 3] = 255
    }
  }
  return pixels
}

const crosses = (a: number, b: number, step: number) => Math.floor(a / step) !== Math.floor(b / step)

/** Lines around a coast get rarer with depth, as on old sea charts. */
function depthLine(depth: Float32Array, i: number, x: number, y: number, side: number): boolean {
  const level = (at: number) => Math.floor(Math.log2(Math.max(1e-4, depth[at]!)) * 1.5)
  const here = level(i)
  if (here < -11) return false
  return (x > 0 && level(i - 1) !== here) || (y > 0 && level(i - side) !== here)
}

function landTint(ramp: Ramp, height: number): Rgb {
  const { land } = ramp
  for (let i = 1; i < land.length; i++) {
    const [to, tint] = land[i]!
    const [from, before] = land[i - 1]!
    if (height <= to) return mix(before, tint, Math.max(0, (height - from) / (to - from)))
  }
  return land.at(-1)![1]
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]
