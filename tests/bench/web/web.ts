// The dashboard in Chromium: how soon it is of use, how smooth its map is, how long a frame takes to its pixels.
import type { Figure } from '../figure.ts'
import { benchFrames } from './frames.ts'
import { benchPaint } from './paint.ts'
import { benchPixels } from './pixels.ts'

const parts: Record<string, () => Promise<Figure[]>> = { paint: benchPaint, frames: benchFrames, pixels: benchPixels }

export async function benchWeb(part?: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const [name, bench] of Object.entries(parts)) if (!part || part === name) figures.push(...(await bench()))
  return figures
}
