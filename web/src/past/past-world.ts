// The world of a moment, filled from pieces of history on each frame.
import { activities } from '../world/activity.ts'
import { TRAIL_MS } from '../world/trail.ts'
import { WorldStore } from '../world/world-store.ts'
import { DAY, HOUR, type Level, MINUTES, type Piece, type Pieces } from './pieces.ts'
import { type Fares, type Places, lastBefore, placeAt, roseAt } from './samples.ts'

/** Trails are drawn this often; between, the dots run ahead of them. */
const TRAILS_MS = 250
/** A death is seen for a minute. */
const ROSE_MS = 60_000

export class PastWorld extends WorldStore {
  override readonly isPast = true
  private moment = 0
  private trailsAt = -Infinity
  private readonly pieces: Pieces

  constructor(pieces: Pieces) {
    super()
    this.pieces = pieces
  }

  override serverNow(): number {
    return this.moment
  }

  /**
   * Puts everybody where they were. @param moment in ms since 1970 @param now by this page's clock
   * @returns whether anything is known of that time
   */
  show(moment: number, now: number): boolean {
    this.moment = moment
    const found = [MINUTES, HOUR, DAY].map((level) => [level, this.pieces.find(level, moment)] as const)
    const known = found.flatMap(([level, piece]) => (piece ? [[level, piece] as const] : []))
    for (const name of known[0]?.[1].characters.keys() ?? []) this.slotOf(name)
    for (let i = 0; i < this.size; i++) this.showOne(i, known)
    if (Math.abs(now - this.trailsAt) >= TRAILS_MS) {
      this.trailsAt = now
      this.drawTrails()
    }
    this.notify()
    return known.length > 0
  }

  private showOne(i: number, known: readonly (readonly [Level, Piece])[]) {
    this.placedAt[i] = this.heardAt[i] = this.vitalsAt[i] = this.vitaeRoseAt[i] = 0
    this.health[i] = this.stamina[i] = this.mana[i] = -1
    this.vitae[i] = this.killsPerHour[i] = 0
    this.states[i] = null
    this.activity[i] = activities.indexOf('idle')
    const [level, piece] = known[0] ?? []
    const samples = piece?.characters.get(this.names[i]!)
    if (!level || !samples) return
    this.showPlace(i, samples.places, level)
    this.showVitals(i, samples.fares)
  }

  private showPlace(i: number, places: Places, { everyMs }: Level) {
    const placed = placeAt(places, this.moment, everyMs)
    if (!placed) return
    const { n } = placed
    this.ew[i] = this.fromEw[i] = placed.ew
    this.ns[i] = this.fromNs[i] = placed.ns
    if (placed.heading !== null) this.heading[i] = placed.heading
    this.placedAt[i] = this.heardAt[i] = placed.heardAt
    this.states[i] = places.states[places.state[n]!] ?? null
    this.activity[i] = places.activity[n]!
    this.kills[i] = places.kills[n]!
    this.killsPerHour[i] = places.killsPerHour[n]!
    this.deaths[i] = places.deaths[n]!
  }

  private showVitals(i: number, fares: Fares) {
    const n = lastBefore(fares.at, this.moment)
    if (n < 0) return
    this.vitalsAt[i] = fares.at[n]!
    this.heardAt[i] = Math.max(this.heardAt[i]!, fares.at[n]!)
    this.health[i] = fares.health[n]!
    this.stamina[i] = fares.stamina[n]!
    this.mana[i] = fares.mana[n]!
    this.vitae[i] = fares.vitae[n]!
    this.vitaeRoseAt[i] = roseAt(fares, n, ROSE_MS)
  }

  /** The way of the last half hour, from pieces of an hour. */
  private drawTrails() {
    const piece = this.pieces.find(HOUR, this.moment)
    for (let i = 0; i < this.size; i++) {
      const trail = this.trails[i]!
      trail.clear()
      const places = piece?.characters.get(this.names[i]!)?.places
      if (!places) continue
      const last = lastBefore(places.at, this.moment)
      for (let n = lastBefore(places.at, this.moment - TRAIL_MS) + 1; n <= last; n++)
        trail.append(places.ew[n]!, places.ns[n]!, places.at[n]!)
      if (this.placedAt[i]! > 0) trail.append(this.ew[i]!, this.ns[i]!, this.moment)
    }
  }
}
