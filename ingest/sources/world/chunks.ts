import { CHUNK, type ChunkCells, type SurfaceCell } from '../../../shared/contract/world-view.ts'
import { columnAt } from '../../../shared/contract/surface.ts'
import type { Client, Pool } from '../../../shared/db/pool.ts'

/** Names the chunk of a column. */
export const chunkKey = ({ x, z }: { x: number; z: number }): string =>
  `${Math.floor(x / CHUNK)},${Math.floor(z / CHUNK)}`

/** Puts the topmost block of a column into its chunk, in place. */
export function putCell(chunks: Map<string, ChunkCells>, cell: SurfaceCell): void {
  const key = chunkKey(cell)
  let chunk = chunks.get(key)
  if (!chunk) {
    const columns = CHUNK * CHUNK
    chunk = { palette: [], blocks: Array<number>(columns).fill(-1), heights: Array<number>(columns).fill(0) }
    chunks.set(key, chunk)
  }
  let index = chunk.palette.indexOf(cell.block)
  if (index < 0) index = chunk.palette.push(cell.block) - 1
  const at = columnAt(cell.x, cell.z)
  chunk.blocks[at] = index
  chunk.heights[at] = cell.y
}

/** Stores the chunks of these keys. */
export async function storeChunks(
  client: Client,
  world: string,
  keys: ReadonlySet<string>,
  chunks: ReadonlyMap<string, ChunkCells>,
): Promise<void> {
  if (!keys.size) return
  // A chunk that was let go of while its change waited for the database comes whole when it is loaded again.
  const rows = [...keys]
    .filter((key) => chunks.has(key))
    .map((key) => {
      const [cx, cz] = key.split(',').map(Number)
      return { cx, cz, cells: chunks.get(key) }
    })
  await client.query(
    `insert into world_chunks (world, cx, cz, cells)
     select $1, cx, cz, cells from jsonb_to_recordset($2) as c (cx int, cz int, cells jsonb)
     on conflict (world, cx, cz) do update set cells = excluded.cells`,
    [world, JSON.stringify(rows)],
  )
}

/** Removes what an earlier run stored: a source reports its whole world when it starts, which may be another one. */
export const forgetChunks = (pool: Pool, world: string) =>
  pool.query('delete from world_chunks where world = $1', [world])
