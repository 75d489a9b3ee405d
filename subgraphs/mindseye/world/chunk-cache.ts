// Chunks that were read before: most of a square is as it was, and reading columns costs more than all the rest.
import { CHUNK, type ChunkCells } from '../../../shared/contract/world-view.ts'
import type { Square } from './view.ts'

/** About 5 KB each. */
const MAX_CHUNKS = 4_096

/** A chunk with the version of the row it was read from. */
export interface KnownChunk {
  cx: number
  cz: number
  version: string
  cells: ChunkCells
}

/** A chunk as the database answers it: without cells if the version is the one that was known. */
export type ReadChunk = Omit<KnownChunk, 'cells'> & { cells: ChunkCells | null }

const keyOf = (world: string, { cx, cz }: { cx: number; cz: number }) => `${cx},${cz},${world}`
const chunkOf = (at: number) => Math.floor(at / CHUNK)

/** Chunks by world and place; those used last are kept. */
export class ChunkCache {
  readonly #chunks = new Map<string, KnownChunk>()
  /** Where the last squares of worlds were: one around the bot is probably there again. */
  readonly #middles = new Map<string, { x: number; z: number }>()

  /** What is known of a square, or without a place, of where the last one was. */
  around(world: string, center: { x: number; z: number } | null, radius: number): KnownChunk[] {
    const middle = center ?? this.#middles.get(world)
    if (!middle) return []
    const found: KnownChunk[] = []
    for (let cx = chunkOf(middle.x - radius); cx <= chunkOf(middle.x + radius); cx++)
      for (let cz = chunkOf(middle.z - radius); cz <= chunkOf(middle.z + radius); cz++) {
        const chunk = this.#chunks.get(keyOf(world, { cx, cz }))
        if (chunk) found.push(chunk)
      }
    return found
  }

  /** Keeps what was read of a square. @param known what the reader had asked `around` for */
  keep(world: string, square: Square, read: readonly ReadChunk[], known: readonly KnownChunk[]): KnownChunk[] {
    this.#middles.set(world, { x: square.x, z: square.z })
    const before = new Map(known.map((chunk) => [keyOf(world, chunk), chunk]))
    return read.map(({ cells, ...chunk }) => {
      const key = keyOf(world, chunk)
      const now = cells ? { ...chunk, cells } : before.get(key)!
      this.#chunks.delete(key)
      if (this.#chunks.size >= MAX_CHUNKS) this.#chunks.delete(this.#chunks.keys().next().value!)
      this.#chunks.set(key, now)
      return now
    })
  }
}
