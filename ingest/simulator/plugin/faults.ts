// What goes wrong between a plugin and its server, on request: never enough to change what is true.
import { between, pick, type Rng } from '../world/chance.ts'
import type { Frame } from './frame.ts'
import { stamp } from './frame.ts'

/** A kind of trouble. */
export const faultKinds = ['cut', 'late', 'garbage', 'duplicate'] as const
export type Fault = (typeof faultKinds)[number]

/** One thing to do with a frame. */
export type Delivery = { text: string; frame?: Frame; late?: boolean } | { cut: true }

const longAgo = (rng: Rng, timestamp: string) => stamp(Date.parse(timestamp) - Math.round(between(rng, 3, 40) * 60_000))

/** How often frames are sent twice that mean the same both times. */
const repeated: Readonly<Record<string, number>> = {
  rare: 0.6,
  telemetry: 0.02,
  combat_stats: 0.1,
  quest: 0.1,
  equipment_cantrip_state: 0.1,
}

const rubbish: ((name: string, rng: Rng) => string)[] = [
  () => '{"type":"telemetry","character_name":',
  () => 'not json at all',
  () => '[]',
  () => 'null',
  () => '42',
  (name) => JSON.stringify({ type: 'never_heard_of', character_name: name, note: 'a type newer than the server' }),
  (name) => `{"type":"__proto__","character_name":${JSON.stringify(name)}}`,
  (name) => JSON.stringify({ type: 'constructor', character_name: name }),
  (name) =>
    JSON.stringify({ type: 'telemetry', character_name: name, timestamp: 'yesterday', ew: 'far', ns: {}, kills: [] }),
  (name) => JSON.stringify({ type: 'vitals', character_name: [name], health_current: {} }),
  (name) => JSON.stringify({ type: 'full_inventory', character_name: name, items: 'all of them' }),
  (name) => JSON.stringify({ type: 'inventory_delta', character_name: name, action: 'juggle', item_id: 'two' }),
  (name) => JSON.stringify({ type: 'inventory_delta', character_name: name, action: 'add', item: null }),
  (name) => JSON.stringify({ type: 'combat_stats', character_name: name, session_id: 'x', session: 7 }),
  () => JSON.stringify({ type: 'rare', name: 'Infinite Leather' }),
  () => JSON.stringify({ type: 'chat', character_name: '', text: null }),
  () => JSON.stringify({ type: 5 }),
  () => JSON.stringify({ character_name: 'Nobody' }),
]

/** Trouble by chance; counts what it did. */
export class Faults {
  readonly fired: Record<Fault, number> = { cut: 0, late: 0, garbage: 0, duplicate: 0 }
  private readonly wanted: ReadonlySet<Fault>
  private readonly rng: Rng
  /** The last combat frame of each character: a frame that comes late must be one that was true once. */
  private readonly fights = new Map<string, Frame>()
  /** The login each character last reported: the first frame of a login cannot come late. */
  private readonly logins = new Map<string, unknown>()

  constructor(wanted: readonly Fault[], rng: Rng) {
    this.wanted = new Set(wanted)
    this.rng = rng
  }

  /** What to do to deliver a frame. The frame itself is always among it, unharmed. */
  around(name: string, frame: Frame): Delivery[] {
    const plain: Delivery = { text: JSON.stringify(frame), frame }
    if (this.wanted.size === 0) return [plain]
    const deliveries: Delivery[] = [plain]
    if (this.strikes('garbage', 1 / 60)) deliveries.unshift({ text: pick(this.rng, rubbish)(name, this.rng) })
    // The old frame comes just before a fresh one: ordering by arrival and by clock end at the same place.
    const isFirst = this.logins.get(name) !== frame['session_id']
    if (frame.type === 'telemetry') this.logins.set(name, frame['session_id'])
    if (frame.type === 'telemetry' && !isFirst && this.strikes('late', 1 / 40)) {
      const old: Frame = {
        ...frame,
        timestamp: longAgo(this.rng, frame.timestamp!),
        ew: between(this.rng, -90, 90),
        ns: between(this.rng, -90, 90),
        // What was counted back then.
        kills: Math.floor((frame['kills'] as number) * this.rng()),
        deaths: '0',
        prismatic_taper_count: String(Number(frame['prismatic_taper_count']) + 20),
      }
      deliveries.unshift({ text: JSON.stringify(old), frame: old, late: true })
    }
    if (frame.type === 'combat_stats') {
      const old = this.fights.get(name)
      if (old && this.strikes('late', 0.2)) deliveries.push({ text: JSON.stringify(old), frame: old, late: true })
      this.fights.set(name, frame)
    }
    if (frame.type in repeated && this.strikes('duplicate', repeated[frame.type]!)) deliveries.push(plain)
    if (frame.type !== 'register' && this.strikes('cut', 1 / 900)) deliveries.push({ cut: true })
    return deliveries
  }

  private strikes(fault: Fault, chance: number): boolean {
    if (!this.wanted.has(fault) || this.rng() >= chance) return false
    this.fired[fault]++
    return true
  }
}
