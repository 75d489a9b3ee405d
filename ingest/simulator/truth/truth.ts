// What a simulator has truly sent: the other side of every comparison. Reads the frames themselves, not the world.
import type { Frame } from '../plugin/frame.ts'
import type { Fight } from '../world/fight.ts'
import { lifetimeOf } from './combat.ts'
import { TrueItems, type PartialRecord, type TrueItem } from './items.ts'
import { TrueSessions } from './sessions.ts'

/** A place a character reported. */
export interface TruePosition {
  timestamp: string
  ew: number
  ns: number
  /** The frame came long after its moment. */
  late: boolean
}

/** What one character has sent. */
export interface CharacterTruth {
  name: string
  /** Frames sent, good ones, by type. */
  sent: Map<string, number>
  /** Last sent that were not late. */
  telemetry: Frame | null
  vitals: Frame | null
  sheet: Frame | null
  cantrips: Frame | null
  positions: TruePosition[]
  chat: Frame[]
  /** Each find once, however often its frame was sent. */
  rares: Frame[]
  /** What each session fought, oldest session first; the sum of its parts where the plugin restarted its counters. */
  fights: Map<string, Fight>
  /** What each login adds up to. */
  sessions: TrueSessions
  /** The newest word on each quest. */
  quests: Map<string, Frame>
  /** Portal, spawn, quest, share and other frames that are passed on. */
  relayed: Frame[]
  /** Commands the server sent to this plugin. */
  commands: string[]
  /** What other plugins shared, as it arrived. */
  heard: string[]
}

/** How a frame was sent. */
export interface Manner {
  late?: boolean
}

const relayedTypes = new Set(['portal', 'spawn', 'quest', 'nearby_objects', 'dungeon_map', 'equipment_cantrip_state'])

/** The record of everything sent. Keeps at most so many entries of each list a character. */
export class Truth {
  readonly characters = new Map<string, CharacterTruth>()
  readonly items = new TrueItems()
  framesSent = 0
  /** Snapshots of sessions whose plugin restarted its counters, by session: no more than grows. */
  private readonly parts = new Map<string, Fight[]>()
  private readonly keep: number
  private readonly keepItems: boolean

  constructor(keep = 20_000, keepItems = true) {
    this.keep = keep
    this.keepItems = keepItems
  }

  /** What is known of a character; it is known from its first frame on. */
  of(name: string): CharacterTruth {
    const known = this.characters.get(name)
    if (known) return known
    const fresh: CharacterTruth = {
      name,
      sent: new Map(),
      telemetry: null,
      vitals: null,
      sheet: null,
      cantrips: null,
      positions: [],
      chat: [],
      rares: [],
      fights: new Map(),
      sessions: new TrueSessions(),
      quests: new Map(),
      relayed: [],
      commands: [],
      heard: [],
    }
    this.characters.set(name, fresh)
    return fresh
  }

  /** Items a character holds. */
  itemsOf(name: string): TrueItem[] {
    return this.items.of(name)
  }

  /** Every find of every character, in the order sent. */
  get rares(): Frame[] {
    return [...this.characters.values()]
      .flatMap((truth) => truth.rares)
      .sort((a, b) => (a.timestamp! < b.timestamp! ? -1 : 1))
  }

  /** A character's fights over its whole life. */
  lifetime(name: string): Fight {
    return lifetimeOf(this.of(name).fights.values())
  }

  /** Takes note of a good frame that went out. */
  record(name: string, frame: Frame, { late = false }: Manner = {}): void {
    const truth = this.of(name)
    this.framesSent++
    truth.sent.set(frame.type, (truth.sent.get(frame.type) ?? 0) + 1)
    const server = typeof frame['server'] === 'string' ? frame['server'] : null
    if (relayedTypes.has(frame.type) || frame.type.startsWith('share_')) this.push(truth.relayed, frame)
    if (frame.type === 'telemetry') {
      this.push(truth.positions, {
        timestamp: frame.timestamp!,
        ew: frame['ew'] as number,
        ns: frame['ns'] as number,
        late,
      })
      if (late) return
      truth.telemetry = frame
      truth.sessions.take(frame)
    } else if (frame.type === 'vitals') truth.vitals = frame
    else if (frame.type === 'character_stats') truth.sheet = frame
    else if (frame.type === 'equipment_cantrip_state') truth.cantrips = frame
    else if (frame.type === 'chat') this.push(truth.chat, frame)
    else if (frame.type === 'quest') truth.quests.set(frame['quest_name'] as string, frame)
    else if (frame.type === 'combat_stats' && !late) this.recordFight(truth, frame)
    else if (frame.type === 'rare') this.recordRare(truth, frame)
    else if (!this.keepItems) return
    else if (frame.type === 'full_inventory') this.items.full(name, server, frame['items'] as PartialRecord[])
    else if (frame.type === 'inventory_delta') this.recordDelta(name, server, frame)
  }

  private recordDelta(name: string, server: string | null, frame: Frame): void {
    if (frame['action'] === 'remove') this.items.remove(name, server, frame['item_id'] as number)
    else this.items.put(name, server, frame['item'] as PartialRecord)
  }

  private recordRare(truth: CharacterTruth, frame: Frame): void {
    if (truth.rares.some((known) => known['name'] === frame['name'] && known.timestamp === frame.timestamp)) return
    truth.rares.push(frame)
    truth.sessions.find()
  }

  private recordFight(truth: CharacterTruth, frame: Frame): void {
    const id = frame['session_id'] as string
    const fight = frame['session'] as Fight
    const parts = this.parts.get(`${truth.name} ${id}`) ?? []
    if (!parts.length || fight.total_damage_given < parts.at(-1)!.total_damage_given) parts.push(fight)
    else parts[parts.length - 1] = fight
    this.parts.set(`${truth.name} ${id}`, parts)
    truth.fights.set(id, parts.length === 1 ? fight : lifetimeOf(parts))
  }

  private push<T>(list: T[], entry: T): void {
    list.push(entry)
    if (list.length > this.keep) list.splice(0, list.length - this.keep)
  }
}
