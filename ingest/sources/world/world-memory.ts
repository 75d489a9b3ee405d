import type { ChunkCells, SurfaceCell, WorldEntity, WorldState } from '../../../shared/contract/world-view.ts'
import { chunkKey, putCell } from './chunks.ts'
import type { WorldChange } from './world-source.ts'

/** Changes that wait to be stored, merged: of each column and entity the newest. */
export interface Waiting {
  cells: ReadonlyMap<string, SurfaceCell>
  entities: ReadonlyMap<string, WorldEntity>
  gone: ReadonlySet<string>
}

/** A world as its source reported it, and what of it is not stored yet. */
export class WorldMemory {
  readonly chunks = new Map<string, ChunkCells>()
  readonly entities = new Map<string, WorldEntity>()
  state: WorldState = {
    connected: false,
    timeOfDay: 6_000,
    weather: 'CLEAR',
    focus: null,
    mode: 'idle',
    player: null,
  }
  #cells = new Map<string, SurfaceCell>()
  #moved = new Map<string, WorldEntity>()
  #gone = new Set<string>()
  /** Chunks that are let go of once what waits of them is stored. */
  readonly #unloaded = new Set<string>()
  #isChanged = false

  /** Takes what a source reports. */
  merge(change: WorldChange): void {
    for (const cell of change.cells ?? []) {
      putCell(this.chunks, cell)
      this.#cells.set(`${cell.x},${cell.z}`, cell)
    }
    for (const place of change.unloaded ?? []) this.#unloaded.add(chunkKey(place))
    for (const entity of change.entities ?? []) {
      this.entities.set(entity.id, entity)
      this.#moved.set(entity.id, entity)
      this.#gone.delete(entity.id)
    }
    for (const id of change.gone ?? []) {
      this.entities.delete(id)
      this.#moved.delete(id)
      this.#gone.add(id)
    }
    this.state = { ...this.state, ...change.state }
    this.#isChanged = true
  }

  /** Takes how an assistant works in it now, and for whom. */
  setMode(mode: Pick<WorldState, 'mode' | 'player'>): void {
    this.state = { ...this.state, ...mode }
    this.#isChanged = true
  }

  /** What waits, which then waits no more; null if nothing does. */
  take(): Waiting | null {
    if (!this.#isChanged) return null
    this.#letGo()
    const taken = { cells: this.#cells, entities: this.#moved, gone: this.#gone }
    this.#cells = new Map()
    this.#moved = new Map()
    this.#gone = new Set()
    this.#isChanged = false
    return taken
  }

  #letGo(): void {
    if (!this.#unloaded.size) return
    const waiting = new Set([...this.#cells.values()].map(chunkKey))
    for (const key of this.#unloaded) if (!waiting.has(key)) this.chunks.delete(key)
    this.#unloaded.clear()
  }

  /** Lets what was taken wait again; what came since is newer. */
  putBack({ cells, entities, gone }: Waiting): void {
    this.#cells = new Map([...cells, ...this.#cells])
    this.#moved = new Map([...entities, ...this.#moved].filter(([id]) => !this.#gone.has(id)))
    this.#gone = new Set([...gone, ...this.#gone].filter((id) => !this.#moved.has(id)))
    this.#isChanged = true
  }
}
