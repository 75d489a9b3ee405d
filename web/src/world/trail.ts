// The way one character came, newest last, in a ring that never grows past half an hour of frames.

/** Half an hour of frames, one in two seconds. */
const MOST = 900
/** Room for so many more points than there are, at least, whenever a ring is full. */
const SPARE = 16
export const TRAIL_MS = 30 * 60_000
/** A longer step between two frames is a portal or a recall, not a walk. */
export const PORTAL_STEP = 2
/** Standing still adds no points. */
const STILL = 0.015

/** Places in map units, and when a character was there in milliseconds since 1970, by the server's clock. */
export interface TrailPoints {
  ew: Float32Array<ArrayBuffer>
  ns: Float32Array<ArrayBuffer>
  at: Float64Array<ArrayBuffer>
}

/** Room for so many points. */
export const emptyPoints = (count: number): TrailPoints => ({
  ew: new Float32Array(count),
  ns: new Float32Array(count),
  at: new Float64Array(count),
})

export class Trail implements TrailPoints {
  // Rings that grow: most characters stand still for much of half an hour, and a guild has hundreds of them.
  ew = new Float32Array(0)
  ns = new Float32Array(0)
  at = new Float64Array(0)
  length = 0
  private start = 0

  /** Where the i-th point (0 = oldest) lies in the arrays. */
  slot(i: number): number {
    return (this.start + i) % this.at.length
  }

  append(ew: number, ns: number, at: number): boolean {
    if (this.length > 0) {
      const last = this.slot(this.length - 1)
      if (at <= this.at[last]!) return false
      if (Math.abs(ew - this.ew[last]!) < STILL && Math.abs(ns - this.ns[last]!) < STILL) return false
    }
    if (this.length === MOST) this.drop(1)
    else if (this.length === this.at.length) this.grow(this.length + Math.max(SPARE, this.length >> 2))
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
    this.grow(points.length + live.length + SPARE)
    for (const point of points) if (point.at < firstSeen) this.append(point.ew, point.ns, point.at)
    for (const point of live) this.append(point.ew, point.ns, point.at)
  }

  /** Copies all points, oldest first, to others from this place on. */
  copyTo(points: TrailPoints, from: number) {
    const beforeWrap = Math.min(this.length, this.at.length - this.start)
    for (const key of ['ew', 'ns', 'at'] as const) {
      points[key].set(this[key].subarray(this.start, this.start + beforeWrap), from)
      if (beforeWrap < this.length) points[key].set(this[key].subarray(0, this.length - beforeWrap), from + beforeWrap)
    }
  }

  clear() {
    this.start = 0
    this.length = 0
  }

  forgetBefore(at: number) {
    while (this.length > 0 && this.at[this.slot(0)]! < at) this.drop(1)
  }

  private drop(count: number) {
    this.start = this.slot(count)
    this.length -= count
  }

  /** Makes room for so many points. */
  private grow(points: number) {
    const room = Math.min(MOST, points)
    const memory = new ArrayBuffer(room * 16)
    const at = new Float64Array(memory, 0, room)
    const ew = new Float32Array(memory, room * 8, room)
    const ns = new Float32Array(memory, room * 12, room)
    this.copyTo({ ew, ns, at }, 0)
    Object.assign(this, { at, ew, ns, start: 0 })
  }
}

export const isPortal = (fromEw: number, fromNs: number, ew: number, ns: number) =>
  Math.abs(ew - fromEw) > PORTAL_STEP || Math.abs(ns - fromNs) > PORTAL_STEP
