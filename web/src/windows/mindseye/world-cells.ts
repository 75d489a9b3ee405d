// The part of a world that this page knows: columns and entities by absolute keys, kept up to date by changes.

export interface Cell {
  y: number
  block: string
}

export interface Entity {
  id: string
  kind: 'BOT' | 'CREATURE' | 'ITEM' | 'PLAYER'
  name: string
  x: number
  y: number
  z: number
  /** Of players, in half hearts. */
  health?: number | null
}

/** A whole view of a square, or a change; see `WorldView` in the schema. */
export interface Change {
  seq: number
  base: number | null
  palette: readonly string[]
  runs: readonly number[]
  entities: readonly Entity[]
  gone: readonly string[]
}

/** Columns that are remembered: beyond that the world is read again as it comes into view. */
const MAX_CELLS = 40_000
const RUN = 5

export class WorldCells {
  readonly cells = new Map<string, Cell>()
  readonly entities = new Map<string, Entity>()
  #seq: number | null = null

  /** Takes a view or a change. False if changes were missed: then the whole view is needed. */
  take({ seq, base, palette, runs, entities, gone }: Change): boolean {
    if (base !== null && base !== this.#seq) {
      // One that is older than what is shown changes nothing.
      return this.#seq !== null && seq <= this.#seq
    }
    this.#seq = seq
    if (base === null) {
      this.entities.clear()
      if (this.cells.size > MAX_CELLS) this.cells.clear()
    }
    for (let at = 0; at + RUN <= runs.length; at += RUN) {
      const [x, z, length, y, index] = runs.slice(at, at + RUN) as [number, number, number, number, number]
      const cell = { y, block: palette[index] ?? '' }
      for (let along = 0; along < length; along++) this.cells.set(`${x + along},${z}`, cell)
    }
    for (const entity of entities) this.entities.set(entity.id, entity)
    for (const id of gone) this.entities.delete(id)
    return true
  }

  /** Forgets everything: another world follows. */
  forget(): void {
    this.cells.clear()
    this.entities.clear()
    this.#seq = null
  }

  /** Somebody by name, ignoring case; undefined for one who is not there. */
  named(name: string): Entity | undefined {
    const wanted = name.toLowerCase()
    return [...this.entities.values()].find((one) => one.kind === 'PLAYER' && one.name.toLowerCase() === wanted)
  }

  /** Health of a player, in half hearts; null for nobody, and where it is not known. */
  healthOf(player: string | null | undefined): number | null {
    return player == null ? null : (this.named(player)?.health ?? null)
  }

  /** The bot; undefined without one. */
  bot(): Entity | undefined {
    return [...this.entities.values()].find(({ kind }) => kind === 'BOT')
  }
}
