// The dashboard in Chromium: how soon it is of use, how smooth its map is, how long a frame takes to its pixels.
import { loadavg } from 'node:os'
import type { Figure } from '../figure.ts'
import { benchFrames } from './frames.ts'
import { benchPaint } from './paint.ts'
import { benchPixels } from './pixels.ts'

const parts: Record<string, () => Promise<Figure[]>> = { paint: benchPaint, frames: benchFrames, pixels: benchPixels }

export async function benchWeb(part?: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, bench] of Object.entries(parts)) {
    if (part && part !== name) continue
    const found = await bench()
    // Browsers cannot be kept apart from whatever else runs: who reads the figures must know how much that was.
    const load = loadavg()[1]!
    figures.push(...found.map((figure) => ({ ...figure, beside: { ...figure.beside, 'load of the machine': load } })))
  }
  return figures
}
