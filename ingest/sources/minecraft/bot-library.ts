// What is used of mineflayer, an optional package: everything else works without it.
import type { EventEmitter } from 'node:events'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const PACKAGE = 'mineflayer'
/** The release that this is tested with. */
export const MINEFLAYER = `${PACKAGE}@4.39.0`

export interface Position {
  x: number
  y: number
  z: number
}

export interface GameEntity {
  id: number
  type?: string
  name?: string
  username?: string
  uuid?: string
  position: Position
  /** What the game says of it, by the numbers of its protocol. */
  metadata?: readonly unknown[]
}

export interface GamePlayer {
  username: string
  uuid: string
  entity?: GameEntity | null
}

/** A column of 16 × 16 blocks, from the bottom of the world to its top. */
export interface GameColumn {
  getBlockStateId(place: Position): number
  /** From the bottom up; null, or empty, where there is only air. */
  sections?: readonly ({ isEmpty?(): boolean } | null | undefined)[]
}

export interface GameBlock {
  name: string
  stateId: number
  position: Position
}

/** A bot in a game, as mineflayer has it. */
export interface GameBot extends EventEmitter {
  username: string
  version: string
  entity: GameEntity
  entities: Record<string, GameEntity>
  players: Record<string, GamePlayer>
  game: { gameMode: string; minY?: number; height?: number }
  time: { timeOfDay: number }
  isRaining: boolean
  thunderState: number
  registry: { blocksByStateId: Record<number, { name: string } | undefined> }
  world: {
    getColumn(cx: number, cz: number): GameColumn | null
    unloadColumn(cx: number, cz: number): void
  }
  chat(text: string): void
  quit(): void
}

export interface BotOptions {
  host: string
  port: number
  username: string
  auth: 'offline' | 'microsoft'
  version?: string
  viewDistance: 'short' | 'tiny'
  hideErrors: boolean
  checkTimeoutInterval: number
  profilesFolder: string
  onMsaCode: (code: { verification_uri: string; user_code: string }) => void
}

export interface BotLibrary {
  createBot(options: BotOptions): GameBot
}

/**
 * The library; null where it is not installed.
 * @param folder where it is installed instead of beside this program: the folder that holds `node_modules`
 */
export async function loadMineflayer(folder: string | null): Promise<BotLibrary | null> {
  const file = folder === null ? PACKAGE : path.join(folder, 'node_modules', PACKAGE, 'index.js')
  try {
    const found = (await import(folder === null ? file : pathToFileURL(file).href)) as { default: BotLibrary }
    return found.default
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A package that it needs itself and that is missing is another fault.
    if (code === 'ERR_MODULE_NOT_FOUND' && message.includes(file)) return null
    throw error
  }
}
