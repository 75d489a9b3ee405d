import type { CombatSnapshot } from '../shared/contract/frames/combat-stats.ts'
import type { CharacterStatsFrame } from '../shared/contract/frames/character-stats.ts'
import type { Item } from '../shared/contract/frames/item.ts'
import type { DungeonLevel } from '../shared/contract/frames/radar.ts'
import type { ChatEvent, QuestEvent, RareEvent, TelemetryEvent, VitalsEvent } from '../shared/contract/topics.ts'

/** What a handler wants kept. One member a table (or a few that belong together). */
export type Row =
  | { table: 'telemetry'; row: TelemetryRow }
  | { table: 'tallies'; row: TallyRow }
  | { table: 'vitals'; row: VitalsEvent }
  | { table: 'chat'; row: ChatEvent }
  | { table: 'rares'; row: RareRow }
  | { table: 'character_sheets'; row: SheetRow }
  | { table: 'combat_sessions'; row: CombatRow }
  | { table: 'inventory'; row: InventoryRow }
  | { table: 'portals'; row: PortalRow }
  | { table: 'spawns'; row: SpawnRow }
  | { table: 'quests'; row: QuestEvent }
  | { table: 'equipment'; row: EquipmentRow }
  | { table: 'dungeon_maps'; row: DungeonRow }
  | { table: 'dead_letters'; row: DeadLetterRow }

export type TelemetryRow = TelemetryEvent
export type RareRow = Omit<RareEvent, 'id'>

/** Telemetry to count, or a row that asks which session its character plays: one list, since their order matters. */
export type TallyRow = TelemetryRow | { character: string; receivedAt: string; asks: RareRow | CombatRow }

export interface PortalRow {
  character: string
  at: string
  receivedAt: string
  name: string | null
  ew: number
  ns: number
  z: number | null
  ewTenths: number
  nsTenths: number
}

export interface SpawnRow {
  character: string
  at: string
  receivedAt: string
  monster: string
  ew: number
  ns: number
  z: number | null
}

export interface EquipmentRow {
  character: string
  at: string
  receivedAt: string
  raw: unknown
}

export interface DungeonRow {
  landblock: string
  levels: DungeonLevel[]
  character: string | null
  receivedAt: string
}

export interface SheetRow {
  character: string
  at: string
  receivedAt: string
  sheet: CharacterStatsFrame
  raw: unknown
}

export interface CombatRow {
  character: string
  at: string
  receivedAt: string
  /** Null when the frame names none. */
  sessionId: string | null
  snapshot: CombatSnapshot
}

/** `full`: these are all the items a character holds. `put`: this one came or changed. `take`: this one left. */
export type InventoryRow = { character: string; receivedAt: string; server: string } & (
  { kind: 'full'; items: readonly Item[] } | { kind: 'put'; items: readonly Item[] } | { kind: 'take'; gameId: number }
)

export interface DeadLetterRow {
  receivedAt: string
  type: string | null
  character: string | null
  path: string | null
  reason: string
  frame: string
}

/** Whether somebody is to act on it as soon as it is stored. */
export const isUrgent = (rows: readonly Row[]): boolean => rows.some(({ table }) => table === 'rares')

export interface Publish {
  topic: string
  event: unknown
}

/** What of a frame a handler left out. */
export interface LeftOut {
  /** Reasons, as they are counted. */
  counted?: readonly string[]
  /** Fields that were not understood, by path. */
  dropped?: readonly string[]
  /** Fields nobody knows, by path. */
  unknown?: readonly string[]
}

/** What a handler made of a frame: rows to keep and what to tell at once, or why it was dropped. */
export type Outcome =
  ({ kept: true; rows: Row[]; publish: Publish[] } & LeftOut) | { kept: false; path: string; reason: string }

export const keep = (rows: Row[], publish: Publish[] = [], left?: LeftOut): Outcome =>
  left ? { kept: true, rows, publish, ...left } : { kept: true, rows, publish }
export const drop = (path: string, reason: string): Outcome => ({ kept: false, path, reason })

/** What a handler may know beside the frame. Nothing else: it touches neither socket nor database. */
export interface Around {
  /** Our clock. */
  now: Date
  /** The same as ISO text. */
  receivedAt: string
  /** The game server of frames that name none. */
  server: string
  /** A new id that grows with time. */
  nextId: () => string
  /** The frame before decoding, for what the graph does not name yet. */
  raw: Readonly<Record<string, unknown>>
}

export type Handler<F> = (frame: F, around: Around) => Outcome
