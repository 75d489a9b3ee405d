// The topmost block of every loaded column, kept from the events of chunks and blocks: nothing searches the world.
import { CHUNK, type SurfaceCell } from '../../../shared/contract/world-view.ts'
import type { GameColumn } from './bot-library.ts'

/** Bottom and height of worlds before 1.18. */
export const OLD_DEPTH = { minY: 0, height: 256 }
const SECTION = 16

export interface Depth {
  minY: number
  height: number
}

/** The name of a block by its state; null for air of any kind. */
export type NameOf = (stateId: number) => string | null

interface Column {
  cells: (SurfaceCell | null)[]
}

export const columnKey = (cx: number, cz: number): string => `${cx},${cz}`
const chunkOf = (at: number): number => Math.floor(at / CHUNK)
const indexOf = (x: number, z: number): number => (z - chunkOf(z) * CHUNK) * CHUNK + (x - chunkOf(x) * CHUNK)

export class SurfaceCache {
  readonly #columns = new Map<string, Column>()

  /** Reads a chunk that was loaded; gives its columns. */
  load(cx: number, cz: number, chunk: GameColumn, depth: Depth, nameOf: NameOf): SurfaceCell[] {
    const cells: (SurfaceCell | null)[] = []
    const top = topOf(chunk, depth)
    for (let z = 0; z < CHUNK; z++)
      for (let x = 0; x < CHUNK; x++) {
        const found = topmost(chunk, { x, z }, top, depth.minY, nameOf)
        cells.push(found && { x: cx * CHUNK + x, z: cz * CHUNK + z, ...found })
      }
    this.#columns.set(columnKey(cx, cz), { cells })
    return cells.filter((cell) => cell !== null)
  }

  /**
   * Takes a block that changed; gives the column if its topmost block is another one now.
   * @param below finds the next block below a height, where the topmost one was removed
   */
  change(
    { x, y, z }: { x: number; y: number; z: number },
    block: string | null,
    below: () => Pick<SurfaceCell, 'y' | 'block'> | null,
  ): SurfaceCell | null {
    const column = this.#columns.get(columnKey(chunkOf(x), chunkOf(z)))
    if (!column) return null
    const at = indexOf(x, z)
    const before = column.cells[at]
    if (before && y < before.y) return null
    const next = block === null ? (before && y > before.y ? before : below()) : { y, block }
    const cell = next && { x, z, y: next.y, block: next.block }
    column.cells[at] = cell
    // A column of nothing but air has no topmost block: what is stored of it becomes air at the bottom.
    const after = cell ?? { x, z, y, block: 'air' }
    return before?.block === after.block && before.y === after.y ? null : after
  }

  at(x: number, z: number): SurfaceCell | null {
    const [column, row] = [Math.floor(x), Math.floor(z)]
    return this.#columns.get(columnKey(chunkOf(column), chunkOf(row)))?.cells[indexOf(column, row)] ?? null
  }

  has(cx: number, cz: number): boolean {
    return this.#columns.has(columnKey(cx, cz))
  }

  /** Forgets chunks farther than `most` chunks from all of these places; gives them. */
  forgetBeyond(places: readonly { x: number; z: number }[], most: number): { cx: number; cz: number }[] {
    const gone: { cx: number; cz: number }[] = []
    for (const key of this.#columns.keys()) {
      const [cx, cz] = key.split(',').map(Number) as [number, number]
      const isNear = places.some(({ x, z }) => Math.max(Math.abs(chunkOf(x) - cx), Math.abs(chunkOf(z) - cz)) <= most)
      if (isNear) continue
      this.#columns.delete(key)
      gone.push({ cx, cz })
    }
    return gone
  }

  get size(): number {
    return this.#columns.size
  }
}

/** The topmost block at or below a height; null where there is only air. `x` and `z` are within the chunk. */
export function topmost(
  chunk: GameColumn,
  { x, z }: { x: number; z: number },
  from: number,
  minY: number,
  nameOf: NameOf,
): Pick<SurfaceCell, 'y' | 'block'> | null {
  const place = { x, y: from, z }
  for (; place.y >= minY; place.y--) {
    const id = chunk.getBlockStateId(place)
    const block = id ? nameOf(id) : null
    if (block !== null) return { y: place.y, block }
  }
  return null
}

/** The height below which there may be blocks: sections of air are passed over. */
function topOf({ sections }: GameColumn, { minY, height }: Depth): number {
  const top = minY + height - 1
  if (!sections) return top
  for (let nth = Math.min(sections.length, height / SECTION) - 1; nth >= 0; nth--) {
    const section = sections[nth]
    if (section && !section.isEmpty?.()) return minY + (nth + 1) * SECTION - 1
  }
  return minY - 1
}
