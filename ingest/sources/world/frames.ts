// How a world looked while an assistant worked in it, for replay: the square around the bot.
import { surfaceOf } from '../../../shared/contract/surface.ts'
import type { WorldFrameView } from '../../../shared/contract/world-view.ts'
import { runsOf } from '../../../shared/world/world-runs.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { WorldMemory } from './world-memory.ts'

/** From the bot to each edge, in blocks. */
const RADIUS = 16

/** The square around a place, as far as it is loaded. */
export function frameOf(memory: WorldMemory, place: { x: number; z: number }): WorldFrameView {
  const [middleX, middleZ] = [Math.floor(place.x), Math.floor(place.z)]
  const square = { x: middleX, z: middleZ, radius: RADIUS }
  const cells = surfaceOf(square, (cx, cz) => memory.chunks.get(`${cx},${cz}`))
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
