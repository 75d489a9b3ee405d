// What we publish and under which topic. Names carry blanks, which topics of a broker may not: they travel as
// base64url. The name stands in the topic, not a database id, so that publishing need not wait for the database.
import type { RadarObject } from './radar.ts'

/** Kinds of events; the first five are only *now* and go out right after validation, the others after commit. */
export type EventKind =
  | 'telemetry'
  | 'vitals'
  | 'chat'
  | 'frame'
  | 'radar'
  | 'utterance'
  | 'rare'
  | 'inventory'
  | 'change'
  | 'combat'
  | 'sheet'
  | 'quest'
  | 'equipment'
  | 'dungeon'
  | 'alert'

/** A character's name as a topic part. */
export function topicPart(name: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(name)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** `ev.<kind>.<character>`; without a character, every character's. Dungeons go by landblock. */
export function topic(kind: EventKind, character?: string): string {
  if (character === undefined) return `ev.${kind}.*`
  // There are few names, and one with every frame; a new string would have to be hashed again at every lookup.
  let ofKind = made.get(kind)
  if (!ofKind) made.set(kind, (ofKind = new Map()))
  let there = ofKind.get(character)
  if (there === undefined) {
    if (ofKind.size >= MAX_REMEMBERED) ofKind.clear()
    ofKind.set(character, (there = `ev.${kind}.${topicPart(character)}`))
  }
  return there
}
/** The topics of a kind of event: of the named characters, or of all of them. */
export const topicsOf = (kind: EventKind, characters: readonly string[] | null): string[] =>
  characters ? characters.map((name) => topic(kind, name)) : [topic(kind)]
/** Where frames of a type are passed on: senders choose types, and topics are not for novels. */
export const frameTopic = (type: string): string => topic('frame', type.slice(0, 64))
/** Whether a topic is of this kind, of any character. */
export const isOfKind = (kind: EventKind, name: string): boolean => name.startsWith(`ev.${kind}.`)
const made = new Map<EventKind, Map<string, string>>()
const MAX_REMEMBERED = 10_000

/** The topic of a character's telemetry. Timestamps are ISO text, since events cross processes as JSON. */
export interface TelemetryEvent {
  character: string
  clientAt: string
  receivedAt: string
  ew: number
  ns: number
  z: number | null
  sessionId: string | null
  kills: number | null
  killsPerHour: number | null
  onlineSeconds: number | null
  deaths: number | null
  totalDeaths: number | null
  raresFound: number | null
  tapers: number | null
  state: string | null
  memoryMb: number | null
  cpuPercent: number | null
  handles: number | null
  latencyMs: number | null
  /** The group its user put the character in; only in events of ingest. */
  /** Null if it was not sent, empty if there is none. */
  tag?: string | null
}

export interface VitalsEvent {
  character: string
  clientAt: string
  receivedAt: string
  health: number | null
  maxHealth: number | null
  healthPercent: number | null
  stamina: number | null
  maxStamina: number | null
  staminaPercent: number | null
  mana: number | null
  maxMana: number | null
  manaPercent: number | null
  vitae: number | null
}

/** A line as one character's client printed it. Its id is not the one it is stored by. */
export interface ChatEvent {
  id: string
  character: string
  clientAt: string
  receivedAt: string
  text: string
  color: number | null
  channel: string
  /** The speaker; null if there is none. */
  sender: string | null
}

/** A line that was stored: the utterance it belongs to, and who heard it now. */
export interface UtteranceEvent {
  /** The id of the utterance: of the line that was stored first. */
  id: string
  /** The id of this line, which is the position in the stream. */
  changeId: string
  /** Whose client printed the line that was stored first; the other fields are of that line, too. */
  character: string
  clientAt: string
  receivedAt: string
  text: string
  color: number | null
  channel: string
  sender: string | null
  /** The character that heard it now. */
  listener: string
  /** Characters that had heard it before. */
  heardBefore: string[]
}

export interface FrameEvent {
  type: string
  character: string | null
  receivedAt: string
  body: unknown
}

export interface RareEvent {
  id: string
  character: string
  name: string
  tier: string
  clientAt: string
  receivedAt: string
  ew: number | null
  ns: number | null
  z: number | null
}

/** An event lists at most so many items and counts the rest: clients then read the whole inventory again anyway. */
export const MAX_LISTED_ITEMS = 1_000

/**
 * What a burst changed, or (as `change`) what one batch of it did. The lists hold at most MAX_LISTED_ITEMS ids each,
 * the counts all.
 */
export interface InventoryEvent {
  id: string
  character: string
  at: string
  added: string[]
  updated: string[]
  removed: string[]
  addedCount: number
  updatedCount: number
  removedCount: number
}

/** Small on purpose: the reader loads the session by key. */
export interface CombatEvent {
  character: string
  sessionId: string
  at: string
}

export interface SheetEvent {
  character: string
  at: string
}

/** What is near a character; kept nowhere. */
export interface RadarEvent {
  character: string
  clientAt: string
  receivedAt: string
  landblock: string | null
  ew: number | null
  ns: number | null
  z: number | null
  heading: number | null
  objects: RadarObject[]
}

/** What a character's client says of a quest. `readyAt` is by our clock; null when the countdown could not be read. */
export interface QuestEvent {
  character: string
  name: string
  countdown: string | null
  readyAt: string | null
  clientAt: string
  receivedAt: string
}

/** Small on purpose: the reader loads the items by key. */
export interface EquipmentEvent {
  character: string
  at: string
}

export interface DungeonEvent {
  landblock: string
}
