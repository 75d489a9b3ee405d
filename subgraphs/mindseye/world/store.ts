import { CHUNK, type WorldEntity, type WorldKind } from '../../../shared/contract/world-view.ts'
import type { WorldMode, WorldState } from '../../../shared/contract/world-view.ts'
import { surfaceOf } from '../../../shared/contract/surface.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import type { ChunkCache, ReadChunk } from './chunk-cache.ts'
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

/** Every world: those that a process runs first, then by name. */
export async function listWorlds(pool: Pool): Promise<WorldRow[]> {
  const { rows } = await pool.query<WorldRow>(
    `select name, kind, at, (state ->> 'connected')::boolean as connected from worlds
     order by exists (select from world_leaders l where l.world = name and until > now()) desc, name`,
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

/** The rows of a world's square. A chunk has no cells if `$5` has its version: `xmin` changes with each of its rows. */
const SQUARE = `select w.seq, w.at, w.state, w.entities, m.x, m.z, (
    select json_agg(json_build_object('cx', c.cx, 'cz', c.cz, 'version', c.xmin::text,
      'cells', case when k.version is distinct from c.xmin::text then c.cells end))
    from world_chunks c
    left join json_to_recordset($5::json) as k (cx int, cz int, version text) on k.cx = c.cx and k.cz = c.cz
    where c.world = w.name
      and c.cx between floor((m.x - $4::int) / ${CHUNK})::int and floor((m.x + $4::int) / ${CHUNK})::int
      and c.cz between floor((m.z - $4::int) / ${CHUNK})::int and floor((m.z + $4::int) / ${CHUNK})::int) as chunks
  from worlds w,
    lateral (select jsonb_path_query_first(w.entities, '$[*] ? (@.kind == "BOT")') as bot) b,
    lateral (select coalesce($2::float8, floor((bot ->> 'x')::float8), 0) as x,
      coalesce($3::float8, floor((bot ->> 'z')::float8), 0) as z) m
  where w.name = $1`

/**
 * A square of a world as it is; null if there is no such world. One statement: all of it is of the same moment.
 * @param center its middle; null for the place of the bot, or the origin without one
 */
export async function readSquare(
  { pool, chunks: cache }: { pool: Pool; chunks: ChunkCache },
  world: string,
  center: { x: number; z: number } | null,
  radius: number,
): Promise<View | null> {
  const known = cache.around(world, center, radius)
  const versions = JSON.stringify(known.map(({ cells: _, ...chunk }) => chunk))
  const { rows } = await pool.query<StoredWorld & { chunks: ReadChunk[] | null; x: number; z: number }>(
    kept(SQUARE, [world, center?.x ?? null, center?.z ?? null, radius, versions]),
  )
  const [found] = rows
  if (!found) return null
  const { seq, at, state, entities, chunks, x, z } = found
  const square: Square = { x, z, radius }
  const there = new Map(cache.keep(world, square, chunks ?? [], known).map((one) => [`${one.cx},${one.cz}`, one.cells]))
  const cells = surfaceOf(square, (cx, cz) => there.get(`${cx},${cz}`))
  const near = entities.filter((entity) => isWithin(square, entity))
  return viewOf({ ...NO_MODE, ...state, world, seq, at, isComplete: true, cells, entities: near, gone: [] }, null)
}
