// The way one character came, newest last, in a ring that never grows past half an hour of frames.

const CAPACITY = 900
export const TRAIL_MS = 30 * 60_000
/** A longer step between two frames is a portal or a recall, not a walk. */
export const PORTAL_STEP = 2
/** Standing still adds no points. */
const STILL = 0.015

export class Trail {
  readonly ew = new Float32Array(CAPACITY)
  readonly ns = new Float32Array(CAPACITY)
  readonly at = new Float64Array(CAPACITY)
  length = 0
  private start = 0

  /** Where the i-th point (0 = oldest) lies in the arrays. */
  slot(i: number): number {
    return (this.start + i) % CAPACITY
  }

  append(ew: number, ns: number, at: number): boolean {
    if (this.length > 0) {
      const last = this.slot(this.length - 1)
      if (at <= this.at[last]!) return false
      if (Math.abs(ew - this.ew[last]!) < STILL && Math.abs(ns - this.ns[last]!) < STILL) return false
    }
    if (this.length === CAPACITY) this.drop(1)
    const slot = this.slot(this.length)
    this.ew[slot] = ew
    this.ns[slot] = ns
    this.at[slot] = at
    this.length += 1
    return true
  }

  /** Puts an older stretch in front of what was seen live meanwhile. */
  prepend(points: readonly { ew: number; ns: number; at: number }[]) {
    const firstSeen = this.length ? this.at[this.slot(0)]! : Infinity
    const live = Array.from({ length: this.length }, (_, i) => {
      const slot = this.slot(i)
      return { ew: this.ew[slot]!, ns: this.ns[slot]!, at: this.at[slot]! }
    })
    this.clear()
    for (const point of points) if (point.at < firstSeen) this.append(point.ew, point.ns, point.at)
    for (const point of live) this.append(point.ew, point.ns, point.at)
  }

  clear() {
    this.start = 0
    this.length = 0
  }

  forgetBefore(at: number) {
    while (this.length > 0 && this.at[this.slot(0)]! < at) this.drop(1)
  }

  private drop(count: number) {
    this.start = (this.start + count) % CAPACITY
    this.length -= count
  }
}

export const isPortal = (fromEw: number, fromNs: number, ew: number, ns: number) =>
  Math.abs(ew - fromEw) > PORTAL_STEP || Math.abs(ns - fromNs) > PORTAL_STEP
