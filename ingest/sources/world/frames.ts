// How a world looked while an assistant worked in it, for replay: the square around the bot.
import { CHUNK, type SurfaceCell, type WorldFrameView } from '../../../shared/contract/world-view.ts'
import { runsOf } from '../../../shared/world/world-runs.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { chunkKey } from './chunks.ts'
import type { WorldMemory } from './world-memory.ts'

/** From the bot to each edge, in blocks. */
const RADIUS = 16

/** The square around a place, as far as it is loaded. */
export function frameOf(memory: WorldMemory, place: { x: number; z: number }): WorldFrameView {
  const [middleX, middleZ] = [Math.floor(place.x), Math.floor(place.z)]
  const cells: SurfaceCell[] = []
  for (let z = middleZ - RADIUS; z <= middleZ + RADIUS; z++)
    for (let x = middleX - RADIUS; x <= middleX + RADIUS; x++) {
      const chunk = memory.chunks.get(chunkKey({ x, z }))
      const at = (z - Math.floor(z / CHUNK) * CHUNK) * CHUNK + (x - Math.floor(x / CHUNK) * CHUNK)
      const block = chunk?.palette[chunk.blocks[at] ?? -1]
      if (block !== undefined) cells.push({ x, z, y: chunk!.heights[at]!, block })
    }
  const isNear = (entity: { x: number; z: number }) =>
    Math.abs(entity.x - middleX) <= RADIUS && Math.abs(entity.z - middleZ) <= RADIUS
  return { ...memory.state, ...runsOf(cells), entities: [...memory.entities.values()].filter(isNear) }
}

/** Stores how a world looks now. */
export const storeFrame = (pool: Pool, world: string, view: WorldFrameView) =>
  pool.query(
    `insert into world_frames (world, seq, view)
     select $1, coalesce((select seq from worlds where name = $1), 0), $2`,
    [world, JSON.stringify(view)],
  )
