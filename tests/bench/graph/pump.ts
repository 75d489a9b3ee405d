// Tells events at a rate it is given, and says what that cost this process.
import type { RequestListener } from 'node:http'
import { tick, type Tick } from './world.ts'

export interface Told {
  told: number
  /** Events that a subgraph executed, of all streams of it that are followed. */
  executed: number
  cpuSeconds: number
  heap: number
}

/** Answers `?perSecond=` (events told from now on), `?gc`; always with how things stand. */
export function pump(tell: (event: Tick) => void, executed: () => number = () => 0): RequestListener {
  let told = 0
  let perSecond = 0
  let told0 = 0
  let begun = 0
  setInterval(() => {
    const due = told0 + Math.floor(((performance.now() - begun) / 1000) * perSecond)
    while (told < due) tell(tick(told++))
  }, 1)
  return (request, response) => {
    const { searchParams } = new URL(request.url!, 'http://here')
    if (searchParams.has('perSecond')) {
      ;[perSecond, told0, begun] = [Number(searchParams.get('perSecond')), told, performance.now()]
    }
    const { user, system } = process.cpuUsage()
    if (searchParams.has('gc')) globalThis.gc?.()
    const said: Told = {
      told,
      executed: executed(),
      cpuSeconds: (user + system) / 1e6,
      heap: process.memoryUsage().heapUsed,
    }
    response.end(JSON.stringify(said))
  }
}
