import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import { STEP_S } from '../../../shared/world/spans.ts'
import type { Moment } from '../moment.ts'

export interface TrailPoint {
  at: Date
  ew: number
  ns: number
  z: number | null
}

export interface TrailRow {
  character: string
  points: TrailPoint[]
}

/** Which part of the way is asked for. */
export interface Leg {
  seconds: number
  /** Where it ends; null is now. */
  at: Moment
  /** The most points a character gets. */
  points: number
}

/** A frame that came so much later than its neighbours is history somebody delivered late, not the way just taken. */
const LATE_MS = 120_000

const FRAMES = `
  select x.character_id, date_part('epoch', x.received_at) * 1000 as received_ms, date_part('epoch', x.at) * 1000 as told_ms, x.ew, x.ns, x.z
  from telemetry x where x.received_at > $1 and x.received_at <= $2`
// One range over all; of few characters, a range of each.
const ofAll = (only: string) => `${FRAMES} ${only} order by x.character_id, x.received_at, x.at`
const ofSome = (only: string) => `
  select t.* from characters c cross join lateral (${FRAMES} ${only} and x.character_id = c.id order by x.received_at, x.at) t where c.name = any($3)`
const asLists = (frames: string) => `
  select c.name, t.received, t.told, t.ew, t.ns, t.z from (
    select character_id, json_agg(received_ms) as received, json_agg(told_ms) as told, json_agg(ew) as ew, json_agg(ns) as ns, json_agg(z) as z
    from (${frames}) told group by character_id) t
  join characters c on c.id = t.character_id order by c.name limit 500`
const STEPS = 'and x.step'
const texts = {
  all: { frames: asLists(ofAll('')), steps: asLists(ofAll(STEPS)) },
  some: { frames: asLists(ofSome('')), steps: asLists(ofSome(STEPS)) },
}

interface Frames {
  name: string
  received: number[]
  told: number[]
  ew: number[]
  ns: number[]
  z: (number | null)[]
}

/** The way characters came, oldest point first. Long ways are read by their steps alone: one frame in fifteen seconds. */
export async function trails(
  pool: Pool,
  { seconds, at, points }: Leg,
  names: readonly string[] | null,
): Promise<TrailRow[]> {
  const end = at === null ? Date.now() : Date.parse(at)
  const text = texts[names ? 'some' : 'all'][seconds / points >= STEP_S ? 'steps' : 'frames']
  const { rows } = await pool.query<Frames>(text, [
    new Date(end - seconds * 1000),
    new Date(end),
    ...(names ? [names] : []),
  ])
  return rows.map((row) => ({ character: row.name, points: thinned(row, points) }))
}

/** TEL2: without late deliveries, thinned evenly from the newest point backwards. */
function thinned({ received, told, ew, ns, z }: Frames, most: number): TrailPoint[] {
  // Lateness is measured against the character's own least, since clients' clocks are wrong by any amount.
  let least = Infinity
  for (let n = 0; n < received.length; n++) least = Math.min(least, received[n]! - told[n]!)
  const kept: number[] = []
  for (let n = 0; n < received.length; n++) if (received[n]! - told[n]! <= least + LATE_MS) kept.push(n)
  const every = Math.ceil(kept.length / most)
  return kept
    .filter((_, n) => (kept.length - 1 - n) % every === 0)
    .map((n) => ({ at: new Date(received[n]!), ew: ew[n]!, ns: ns[n]!, z: z[n]! }))
}

const legOf = ({ seconds, at, points }: Leg) => `${seconds} ${at} ${points}`

/** Trails of single characters that ask for the same leg are read together. */
export function trailLoader(pool: Pool) {
  return new DataLoader<Leg & { name: string }, TrailPoint[], string>(
    async (keys) => {
      const legs = new Map(keys.map((key) => [legOf(key), key]))
      const found = new Map<string, TrailPoint[]>()
      for (const [leg, key] of legs) {
        const names = keys.filter((other) => legOf(other) === leg).map((other) => other.name)
        for (const { character, points } of await trails(pool, key, names)) found.set(`${leg} ${character}`, points)
      }
      return keys.map((key) => found.get(`${legOf(key)} ${key.name}`) ?? [])
    },
    { cacheKeyFn: (key) => `${legOf(key)} ${key.name}` },
  )
}
