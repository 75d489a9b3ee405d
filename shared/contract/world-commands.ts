// Commands to the bot of a world: published to every ingest process, answered by the one that runs the world.

export const worldCommandTopic = (world: string): string => `world.command.${world}`
/** The topic of the answer to one command. */
export const worldReplyTopic = (id: string): string => `world.reply.${id}`

export const WORLD_ACTIONS = ['FOLLOW', 'SCAN', 'LOOK', 'DISPATCH'] as const
export type WorldAction = (typeof WORLD_ACTIONS)[number]

/** Squares that a command may name, from their middle to each edge, in blocks. */
export const MAX_COMMAND_RADIUS = 32
/** How long a command may take before nobody waits for it any more, in milliseconds. */
export const COMMAND_PATIENCE_MS = 6_000

/** A place in a world, in blocks; `y` is null where the surface is meant. */
export interface WorldPlace {
  x: number
  y: number | null
  z: number
}

export interface WorldCommand {
  id: string
  world: string
  action: WorldAction
  /** The player it is about; for FOLLOW and DISPATCH. */
  target: string | null
  /** For SCAN and LOOK; null for the place of the bot. */
  center: WorldPlace | null
  radius: number
}

/** What was found in a square. */
export interface Sight {
  center: WorldPlace
  radius: number
  /** The most frequent blocks of the surface, with the number of their columns. */
  blocks: Record<string, number>
  /** Columns that were loaded, of all that were asked for. */
  loaded: number
  columns: number
  entities: { kind: string; name: string; x: number; y: number; z: number }[]
}

export interface WorldReply {
  ok: boolean
  /** What was done, or why it was not: a sentence. */
  message: string
  /** For SCAN and LOOK. */
  sight: Sight | null
}
