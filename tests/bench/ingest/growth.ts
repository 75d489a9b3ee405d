// What a frame costs as the number of characters grows; each has a socket of its own.
import type { Figure } from '../figure.ts'
import { stage } from '../stage.ts'
import { storeRate } from './rate.ts'

const COUNTS = [60, 600, 6_000]

export async function characterGrowth(): Promise<Figure[]> {
  const figures: Figure[] = []
  let first: number | null = null
  for (const characters of COUNTS) {
    await using ours = await stage({ PLUGINS_PER_ADDRESS: '10000' }) // all come from this machine
    const load = { sockets: characters, perSecond: 0, seconds: 8, packed: true }
    await storeRate(ours.overlord, { ...load, perSecond: 4_000, seconds: 4 })
    const rate = await storeRate(ours.overlord, load)
    figures.push({
      bench: 'ingest',
      name: `stored, ${characters} characters`,
      unit: 'frames/s',
      better: 'more',
      ours: rate.stored,
      control: first,
      against: first === null ? null : `${COUNTS[0]} characters`,
      beside: { 'memory MB': rate.memoryMb, 'loop delay p99 ms': rate.loopDelayMs },
    })
    first ??= rate.stored
  }
  return figures
}
