import { CHUNK, type ChunkCells, type WorldEntity, type WorldKind } from '../../../shared/contract/world-view.ts'
import type { SurfaceCell, WorldMode, WorldState } from '../../../shared/contract/world-view.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { isWithin, viewOf, type Square, type View } from './view.ts'

export interface WorldRow {
  name: string
  kind: WorldKind
  connected: boolean
  at: string
}

interface StoredWorld {
  seq: number
  at: string
  state: WorldState
  entities: WorldEntity[]
}

interface StoredChunk {
  cx: number
  cz: number
  cells: ChunkCells
}

/** Every world, by name. */
export async function listWorlds(pool: Pool): Promise<WorldRow[]> {
  const { rows } = await pool.query<WorldRow>(
    `select name, kind, at, (state ->> 'connected')::boolean as connected from worlds order by name`,
  )
  return rows
}

/** How an assistant works in a world now; null if there is no such world. */
export async function readMode(pool: Pool, world: string): Promise<WorldMode | null> {
  const { rows } = await pool.query<WorldMode>(
    `select name as world, at, coalesce(state ->> 'mode', 'idle') as mode, state ->> 'player' as player
     from worlds where name = $1`,
    [world],
  )
  return rows[0] ?? null
}

/** Where the bot of a world is; its origin without one. Null if there is no such world. */
export async function botPlace(pool: Pool, world: string): Promise<{ x: number; z: number } | null> {
  const { rows } = await pool.query<{ entities: WorldEntity[] }>('select entities from worlds where name = $1', [world])
  if (!rows[0]) return null
  const { x, z } = rows[0].entities.find(({ kind }) => kind === 'BOT') ?? { x: 0, z: 0 }
  return { x: Math.floor(x), z: Math.floor(z) }
}

/** Of a world that an earlier version stored. */
const NO_MODE = { mode: 'idle', player: null }

/**
 * A square of a world as it is; null if there is no such world. One statement: all of it is of the same moment.
 * @param center its middle; null for the place of the bot, or the origin without one
 */
export async function readSquare(
  pool: Pool,
  world: string,
  center: { x: number; z: number } | null,
  radius: number,
): Promise<View | null> {
  const { rows } = await pool.query<StoredWorld & { chunks: StoredChunk[]; x: number; z: number }>(
    `select w.seq, w.at, w.state, w.entities, m.x, m.z, array(
       select jsonb_build_object('cx', c.cx, 'cz', c.cz, 'cells', c.cells) from world_chunks c
       where c.world = w.name
         and c.cx between floor((m.x - $4) / ${CHUNK})::int and floor((m.x + $4) / ${CHUNK})::int
         and c.cz between floor((m.z - $4) / ${CHUNK})::int and floor((m.z + $4) / ${CHUNK})::int) as chunks
     from worlds w,
       lateral (select jsonb_path_query_first(w.entities, '$[*] ? (@.kind == "BOT")') as bot) b,
       lateral (select coalesce($2::float8, floor((bot ->> 'x')::float8), 0) as x,
         coalesce($3::float8, floor((bot ->> 'z')::float8), 0) as z) m
     where w.name = $1`,
    [world, center?.x ?? null, center?.z ?? null, radius],
  )
  const [found] = rows
  if (!found) return null
  const { seq, at: when, state, entities, chunks, x, z } = found
  const square: Square = { x, z, radius }
  const cells = chunks.flatMap((chunk) => cellsOf(chunk)).filter((cell) => isWithin(square, cell))
  const there = entities.filter((entity) => isWithin(square, entity))
  return viewOf(
    { ...NO_MODE, ...state, world, seq, at: when, isComplete: true, cells, entities: there, gone: [] },
    null,
  )
}

function cellsOf({ cx, cz, cells: { palette, blocks, heights } }: StoredChunk): SurfaceCell[] {
  const cells: SurfaceCell[] = []
  for (const [nth, index] of blocks.entries()) {
    const block = palette[index]
    if (block === undefined) continue // not loaded
    const [x, z] = [cx * CHUNK + (nth % CHUNK), cz * CHUNK + Math.floor(nth / CHUNK)]
    cells.push({ x, z, y: heights[nth]!, block })
  }
  return cells
}
