// Publishes events at a given rate, and reports what that cost this process.
import type { RequestListener } from 'node:http'
import { tick, type Tick } from './world.ts'

export interface PumpReport {
  published: number
  /** Events that a subgraph executed, of all streams of it that are followed. */
  executed: number
  cpuSeconds: number
  heap: number
}

/** Answers `?perSecond=` (events published from now on), `?gc`; always with the current figures. */
export function pump(publish: (event: Tick) => void, executed: () => number = () => 0): RequestListener {
  let published = 0
  let perSecond = 0
  let publishedBefore = 0
  let begun = 0
  setInterval(() => {
    const due = publishedBefore + Math.floor(((performance.now() - begun) / 1000) * perSecond)
    while (published < due) publish(tick(published++))
  }, 1)
  return (request, response) => {
    const { searchParams } = new URL(request.url!, 'http://here')
    if (searchParams.has('perSecond')) {
      ;[perSecond, publishedBefore, begun] = [Number(searchParams.get('perSecond')), published, performance.now()]
    }
    const { user, system } = process.cpuUsage()
    if (searchParams.has('gc')) globalThis.gc?.()
    const said: PumpReport = {
      published,
      executed: executed(),
      cpuSeconds: (user + system) / 1e6,
      heap: process.memoryUsage().heapUsed,
    }
    response.end(JSON.stringify(said))
  }
}
