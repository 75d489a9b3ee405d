import type { SurfaceCell, WorldEntity, WorldKind, WorldState } from '../../../shared/contract/world-view.ts'

/** What a source reports: what changed, and nothing else. */
export interface WorldChange {
  /** Columns whose topmost block is another one now. */
  cells?: readonly SurfaceCell[]
  /** Entities that are new or moved. */
  entities?: readonly WorldEntity[]
  /** Ids of entities that are gone. */
  gone?: readonly string[]
  state?: Partial<WorldState>
}

/** A world that can be looked at: a game, or the demo's. */
export interface WorldSource {
  /** Names the world in the graph. */
  readonly name: string
  readonly kind: WorldKind
  /**
   * Reports the world as it is, then every change, until disposed of. Ids of entities stay the same while they are
   * there.
   */
  start(report: (change: WorldChange) => void): AsyncDisposable
}
