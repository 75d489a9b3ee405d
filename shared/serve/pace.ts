/** Lets a viewer do something so many times a minute, in bursts if need be. */
export interface Pace {
  /** Whether there is room for one more now; takes it. */
  take(viewer: string): boolean
}

const MINUTE_MS = 60_000
const MOST_VIEWERS = 10_000

export function pace(perMinute: number, clock: () => number = Date.now): Pace {
  const left = new Map<string, { room: number; atMs: number }>()
  return {
    take(viewer) {
      const now = clock()
      const before = left.get(viewer)
      const room = before ? Math.min(perMinute, before.room + ((now - before.atMs) / MINUTE_MS) * perMinute) : perMinute
      left.delete(viewer) // to the end: the one heard longest ago gives way
      left.set(viewer, { room: room >= 1 ? room - 1 : room, atMs: now })
      if (left.size > MOST_VIEWERS) left.delete(left.keys().next().value!)
      return room >= 1
    },
  }
}
