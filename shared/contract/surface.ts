import { CHUNK, type ChunkCells, type SurfaceCell } from './world-view.ts'

/** Where a column is in its chunk. */
export const columnAt = (x: number, z: number): number =>
  (z - Math.floor(z / CHUNK) * CHUNK) * CHUNK + (x - Math.floor(x / CHUNK) * CHUNK)

/**
 * The columns of a square that are loaded, row by row along x. Coordinates and radius are whole numbers of columns.
 * @param chunkOf the chunk with these numbers: coordinates divided by its size and rounded down
 */
export function surfaceOf(
  { x: middleX, z: middleZ, radius }: { x: number; z: number; radius: number },
  chunkOf: (cx: number, cz: number) => ChunkCells | undefined,
): SurfaceCell[] {
  const cells: SurfaceCell[] = []
  for (let z = middleZ - radius; z <= middleZ + radius; z++)
    for (let x = middleX - radius; x <= middleX + radius;) {
      const chunk = chunkOf(Math.floor(x / CHUNK), Math.floor(z / CHUNK))
      const end = Math.min(middleX + radius + 1, (Math.floor(x / CHUNK) + 1) * CHUNK)
      if (!chunk) x = end
      for (; x < end; x++) {
        const at = columnAt(x, z)
        const block = chunk!.palette[chunk!.blocks[at]!]
        if (block !== undefined) cells.push({ x, z, y: chunk!.heights[at]!, block })
      }
    }
  return cells
}
