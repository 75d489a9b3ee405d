import type { Sight, WorldPlace } from '../../../shared/contract/world-commands.ts'
import type { SurfaceCell, WorldEntity, WorldKind, WorldState } from '../../../shared/contract/world-view.ts'

/** What a source reports: what changed, and nothing else. */
export interface WorldChange {
  /** Columns whose topmost block is another one now. */
  cells?: readonly SurfaceCell[]
  /** Entities that are new or moved. */
  entities?: readonly WorldEntity[]
  /** Ids of entities that are gone. */
  gone?: readonly string[]
  /** A place in each chunk that the source no longer holds: it is loaded whole when it comes back. */
  unloaded?: readonly { x: number; z: number }[]
  state?: Partial<Omit<WorldState, 'mode' | 'player'>>
}

/** A square to be looked at. */
export interface Area {
  center: WorldPlace
  /** From the middle to each edge, in blocks. */
  radius: number
}

/** A world that can be looked at: a game, or the demo's. */
export interface WorldSource {
  /** Names the world in the graph. */
  readonly name: string
  readonly kind: WorldKind
  /** The least time between two changes that are stored, in milliseconds; what comes meanwhile is merged. */
  readonly intervalMs: number
  /**
   * Reports the world as it is, then every change, until disposed of. Ids of entities stay the same while they are
   * there.
   */
  start(report: (change: WorldChange) => void): AsyncDisposable
  /** Players who are there now, with their places. */
  players(): WorldEntity[]
  /** Where the bot is; null while it is nowhere. */
  place(): WorldPlace | null
  /** Goes to a player, ignoring case, and stays with them. False for one who is not there. */
  follow(player: string): boolean
  /** Goes to a place, and stays there. False where it cannot. */
  goTo(place: WorldPlace): boolean
  /** What is in a square, as far as it is loaded within `timeoutMs`. Reports the columns that it has not reported. */
  scan(area: Area, timeoutMs: number): Promise<Sight>
  /** Sends a further bot to watch a player; why not, as a sentence, where that is impossible. */
  dispatch(player: string): string | null
}
