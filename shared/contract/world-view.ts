// The world of Mind's Eye: what a source of a world publishes, and how its surface is stored.

/** Published for every change of a world, after it is stored. */
export const worldTopic = (world: string): string => `world.changed.${world}`

/** Columns of a chunk along each axis. */
export const CHUNK = 16

export const WORLD_KINDS = ['DEMO', 'MINECRAFT', 'DERETH'] as const
export type WorldKind = (typeof WORLD_KINDS)[number]

/** The topmost block of one column. */
export interface SurfaceCell {
  x: number
  z: number
  /** Height of its topmost block. */
  y: number
  /** Name of that block, such as `grass_block`. */
  block: string
}

export const ENTITY_KINDS = ['BOT', 'PLAYER', 'CREATURE', 'ITEM'] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]

/** Something that moves or lies in the world. */
export interface WorldEntity {
  id: string
  kind: EntityKind
  /** The player's name, or the kind of creature or item. */
  name: string
  x: number
  y: number
  z: number
  /** Of players, in half hearts: 20 is all of it. Left out where the world does not say it. */
  health?: number
}

/** What is known of the whole world, beside its blocks. */
export interface WorldState {
  /** Whether the source is connected to its world. */
  connected: boolean
  /** Ticks of the day, 0 to 23,999; 6,000 is noon. */
  timeOfDay: number
  weather: 'CLEAR' | 'RAIN' | 'THUNDER'
  /** Which entity is being followed; null for none. */
  focus: string | null
  /** How the assistant of the newest call works, such as `god`; `idle` once none came for ten seconds. */
  mode: string
  /** The player it works for; the last one while it is idle, null before there was any. */
  player: string | null
}

/** A change of a world. What did not change is left out. */
export interface WorldEvent extends WorldState {
  world: string
  /** Counts up by one with every change of this world. */
  seq: number
  /** When it was stored, ISO 8601. */
  at: string
  /** False if more columns changed than are published: then the world must be read again. */
  isComplete: boolean
  cells: SurfaceCell[]
  entities: WorldEntity[]
  /** Ids of entities that are gone. */
  gone: string[]
}

/** The surface of one chunk, row by row along x. */
export interface ChunkCells {
  palette: string[]
  /** For each column the index in `palette`; -1 for one that is not loaded. */
  blocks: number[]
  heights: number[]
}

/** A world as it looked around its bot; `runs` as in the graph's `WorldView`. */
export interface WorldFrameView extends WorldState {
  palette: string[]
  runs: number[]
  entities: WorldEntity[]
}

/** Published every few seconds, whether anything changed or not: small, for lists and clocks. */
export const heartbeatTopic = (world: string): string => `world.heartbeat.${world}`

export interface WorldHeartbeat extends WorldState {
  world: string
  /** When it was so, ISO 8601. */
  at: string
  players: WorldEntity[]
}

/** Published when the mode of a world changes, or the player it is about. */
export const modeTopic = (world: string): string => `world.mode.${world}`

export interface WorldMode extends Pick<WorldState, 'mode' | 'player'> {
  world: string
  /** When it changed, ISO 8601. */
  at: string
}
