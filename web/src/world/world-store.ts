import { EDGE } from '../../../shared/world/dereth/coordinates.ts'
import { type Activity, activities, activityOf, isDead } from './activity.ts'
import { Trail, TRAIL_MS, isPortal } from './trail.ts'

/** A character not heard for so long is drawn hollow … */
export const STALE_MS = 30_000
/** … and leaves the map after so long. */
export const GONE_MS = 5 * 60_000

export interface TelemetryFact {
  name: string
  /** When it arrived, by the server's clock, in milliseconds. */
  at: number
  /** Null while the character hides its place. */
  ew: number | null
  ns: number | null
  state: string | null
  kills: number | null
  killsPerHour: number | null
  deaths: number | null
  raresFound: number | null
}

/** Percentages; null where the frame has none. */
export interface VitalsFact {
  name: string
  at: number
  health: number | null
  stamina: number | null
  mana: number | null
  vitae: number | null
}

export interface KnownFact {
  name: string
  tag: string | null
  lastSeenAt: number | null
}

/**
 * The live world in plain arrays, one slot a character. Vue never watches these: it is notified by `onChange`
 * and reads what it needs a few times a second; the map reads the arrays on animation frames.
 */
export class WorldStore {
  /** It shows a moment of history, and says on each frame where everybody stands. */
  readonly isPast: boolean = false
  readonly names: string[] = []
  readonly tags: (string | null)[] = []
  readonly states: (string | null)[] = []
  readonly trails: Trail[] = []
  private readonly indexOf = new Map<string, number>()
  private readonly listeners = new Set<() => void>()

  ew = new Float32Array(64)
  ns = new Float32Array(64)
  fromEw = new Float32Array(64)
  fromNs = new Float32Array(64)
  heading = new Float32Array(64)
  /** Newest frame of any kind, by the server's clock; 0 is never. */
  heardAt = new Float64Array(64)
  /** Newest telemetry by the server's clock: without one there is no place. */
  placedAt = new Float64Array(64)
  /** Newest telemetry by this page's clock, and the usual time between two: what a dot glides by. */
  movedAt = new Float64Array(64)
  stepMs = new Float32Array(64)
  /** 0 to 100, or -1 where unknown. */
  health = new Float32Array(64)
  stamina = new Float32Array(64)
  mana = new Float32Array(64)
  vitae = new Float32Array(64)
  vitalsAt = new Float64Array(64)
  vitaeRoseAt = new Float64Array(64)
  killsPerHour = new Float32Array(64)
  kills = new Int32Array(64)
  deaths = new Int32Array(64)
  rares = new Int32Array(64)
  activity = new Uint8Array(64)

  /** Server clock minus ours, as near as the quickest frame showed it. */
  private clockLead = -Infinity

  get size(): number {
    return this.names.length
  }

  find(name: string): number | undefined {
    return this.indexOf.get(name)
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Our time on the server's clock. Frames arrive late, never early: the quickest one gives the best estimate. */
  serverNow(now: number): number {
    return Number.isFinite(this.clockLead) ? now + this.clockLead : now
  }

  know(fact: KnownFact) {
    const i = this.slotOf(fact.name)
    this.tags[i] = fact.tag
    if (fact.lastSeenAt && fact.lastSeenAt > this.heardAt[i]!) this.heardAt[i] = fact.lastSeenAt
    this.notify()
  }

  move(fact: TelemetryFact, now: number) {
    const i = this.slotOf(fact.name)
    if (fact.at < this.placedAt[i]!) return
    if (fact.ew === null || fact.ns === null) this.placedAt[i] = 0
    else this.place(i, { ew: fact.ew, ns: fact.ns, at: fact.at }, now)
    this.hear(i, fact.at, now)
    this.states[i] = fact.state
    this.activity[i] = activities.indexOf(activityOf(fact.state))
    this.kills[i] = fact.kills ?? 0
    this.killsPerHour[i] = fact.killsPerHour ?? 0
    this.deaths[i] = fact.deaths ?? 0
    this.rares[i] = fact.raresFound ?? 0
    this.notify()
  }

  private place(i: number, fact: { ew: number; ns: number; at: number }, now: number) {
    const first = this.placedAt[i] === 0
    const jumped = first || isPortal(this.ew[i]!, this.ns[i]!, fact.ew, fact.ns)
    this.fromEw[i] = jumped ? fact.ew : this.ew[i]!
    this.fromNs[i] = jumped ? fact.ns : this.ns[i]!
    this.ew[i] = fact.ew
    this.ns[i] = fact.ns
    const [dx, dy] = [fact.ew - this.fromEw[i]!, fact.ns - this.fromNs[i]!]
    if (dx * dx + dy * dy > 1e-5) this.heading[i] = Math.atan2(dy, dx)
    const step = first ? 2000 : Math.min(4000, Math.max(250, now - this.movedAt[i]!))
    this.stepMs[i] = first ? step : this.stepMs[i]! * 0.7 + step * 0.3
    this.movedAt[i] = now
    this.placedAt[i] = fact.at
    const trail = this.trails[i]!
    trail.append(fact.ew, fact.ns, fact.at)
    trail.forgetBefore(fact.at - TRAIL_MS)
  }

  fare(fact: VitalsFact, now: number) {
    const i = this.slotOf(fact.name)
    if (fact.at < this.vitalsAt[i]!) return
    // A character first seen with vitae died before we looked.
    if (this.vitalsAt[i]! > 0 && (fact.vitae ?? 0) > this.vitae[i]!) this.vitaeRoseAt[i] = fact.at
    this.vitalsAt[i] = fact.at
    this.health[i] = fact.health ?? -1
    this.stamina[i] = fact.stamina ?? -1
    this.mana[i] = fact.mana ?? -1
    this.vitae[i] = fact.vitae ?? 0
    this.hear(i, fact.at, now)
    this.notify()
  }

  remember(name: string, points: readonly { ew: number; ns: number; at: number }[]) {
    this.trails[this.slotOf(name)]!.prepend(points)
    this.notify()
  }

  activityAt(i: number, now: number): Activity {
    if (isDead(this.health[i]!, this.vitaeRoseAt[i]!, this.serverNow(now))) return 'dead'
    return activities[this.activity[i]!]!
  }

  /** How old the newest word of this character is. */
  ageMs(i: number, now: number): number {
    return this.heardAt[i] === 0 ? Infinity : Math.max(0, this.serverNow(now) - this.heardAt[i]!)
  }

  /** It has a place and was heard lately enough to stand on the map. */
  isPresent(i: number, now: number): boolean {
    return this.placedAt[i]! > 0 && this.ageMs(i, now) < GONE_MS
  }

  /** Dungeons have no place on the map: the frame's coordinates then lie off the world. */
  isBelow(i: number): boolean {
    return Math.abs(this.ew[i]!) > EDGE || Math.abs(this.ns[i]!) > EDGE
  }

  private hear(i: number, at: number, now: number) {
    if (at > this.heardAt[i]!) this.heardAt[i] = at
    this.hearClock(at, now)
  }

  /**
   * The server's clock said `at`, or later, when ours said `now`. What a stream begins with may be minutes old: without
   * another sign of the server's time everybody who fell silent would seem to have been heard just now.
   */
  hearClock(at: number, now: number) {
    if (at - now > this.clockLead) this.clockLead = at - now
  }

  protected notify() {
    for (const listener of this.listeners) listener()
  }

  protected slotOf(name: string): number {
    const known = this.indexOf.get(name)
    if (known !== undefined) return known
    const i = this.names.push(name) - 1
    if (i >= this.ew.length) this.grow()
    this.indexOf.set(name, i)
    this.tags[i] = null
    this.states[i] = null
    this.trails[i] = new Trail()
    this.health[i] = this.stamina[i] = this.mana[i] = -1
    this.activity[i] = activities.indexOf('idle')
    return i
  }

  private grow() {
    for (const key of [
      'ew',
      'ns',
      'fromEw',
      'fromNs',
      'heading',
      'stepMs',
      'health',
      'stamina',
      'mana',
      'vitae',
      'killsPerHour',
    ] as const) {
      this[key] = twice(this[key], Float32Array)
    }
    for (const key of ['heardAt', 'placedAt', 'movedAt', 'vitalsAt', 'vitaeRoseAt'] as const) {
      this[key] = twice(this[key], Float64Array)
    }
    for (const key of ['kills', 'deaths', 'rares'] as const) this[key] = twice(this[key], Int32Array)
    this.activity = twice(this.activity, Uint8Array)
  }
}

function twice<A extends { length: number; set(from: ArrayLike<number>): void }>(
  from: A & ArrayLike<number>,
  make: new (length: number) => A,
): A {
  const to = new make(from.length * 2)
  to.set(from)
  return to
}
