import { CHUNK, worldTopic, type ChunkCells, type SurfaceCell } from '../../../shared/contract/world-view.ts'
import type { WorldEntity, WorldEvent, WorldState } from '../../../shared/contract/world-view.ts'
import { transaction, type Client, type Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import type { WorldChange, WorldSource } from './world-source.ts'

/** What is known before a source has reported anything. */
const UNKNOWN: WorldState = { connected: false, timeOfDay: 6_000, weather: 'CLEAR', focus: null }

/** Changes that wait to be stored, merged: a slow database is told of the newest only. */
interface Waiting {
  cells: Map<string, SurfaceCell>
  entities: Map<string, WorldEntity>
  gone: Set<string>
  isChanged: boolean
}

const nothing = (): Waiting => ({ cells: new Map(), entities: new Map(), gone: new Set(), isChanged: false })

/** Two changes as one; the later one wins. */
const merged = (earlier: Waiting, later: Waiting): Waiting => ({
  cells: new Map([...earlier.cells, ...later.cells]),
  entities: new Map([...earlier.entities, ...later.entities].filter(([id]) => !later.gone.has(id))),
  gone: new Set([...earlier.gone, ...later.gone].filter((id) => !later.entities.has(id))),
  isChanged: true,
})

/** Stores the world of a source and publishes each change after it is stored. */
export function worldWriter(
  source: WorldSource,
  { pool, pubsub, log }: { pool: Pool; pubsub: PubSub; log: Log },
): AsyncDisposable {
  const chunks = new Map<string, ChunkCells>()
  const entities = new Map<string, WorldEntity>()
  let state = UNKNOWN
  let waiting = nothing()
  let storing: Promise<void> | null = null
  let hasBegun = false

  async function storeAll(): Promise<void> {
    if (!hasBegun) await forgetChunks(pool, source.name)
    hasBegun = true
    while (waiting.isChanged) {
      const taken = waiting
      waiting = nothing()
      try {
        pubsub.publish(worldTopic(source.name), await storeChange(taken))
      } catch (error) {
        // The next change tries again, with what was taken now.
        log.warn({ error, world: source.name }, 'a change of a world could not be stored')
        waiting = merged(taken, waiting)
        return
      }
    }
  }

  function storeChange({ cells, gone, entities: moved }: Waiting): Promise<WorldEvent> {
    const changed = new Set([...cells.values()].map(({ x, z }) => chunkKey(x, z)))
    return transaction(pool, async (client) => {
      const { rows } = await client.query<{ seq: number; at: string }>(
        `insert into worlds as w (name, kind, seq, state, entities) values ($1, $2, 1, $3, $4)
         on conflict (name) do update set kind = excluded.kind, seq = w.seq + 1, at = now(), state = excluded.state,
           entities = excluded.entities
         returning seq, at`,
        [source.name, source.kind, JSON.stringify(state), JSON.stringify([...entities.values()])],
      )
      await storeChunks(client, source.name, changed, chunks)
      const { seq, at } = rows[0]!
      const world = source.name
      return { ...state, world, seq, at, cells: [...cells.values()], entities: [...moved.values()], gone: [...gone] }
    })
  }

  const running = source.start((change) => {
    merge(change)
    storing ??= storeAll()
      .catch((error: unknown) => log.warn({ error, world: source.name }, 'a world could not be stored'))
      .finally(() => (storing = null))
  })

  function merge(change: WorldChange): void {
    for (const cell of change.cells ?? []) {
      putCell(chunks, cell)
      waiting.cells.set(`${cell.x},${cell.z}`, cell)
    }
    for (const entity of change.entities ?? []) {
      entities.set(entity.id, entity)
      waiting.entities.set(entity.id, entity)
      waiting.gone.delete(entity.id)
    }
    for (const id of change.gone ?? []) {
      entities.delete(id)
      waiting.entities.delete(id)
      waiting.gone.add(id)
    }
    state = { ...state, ...change.state }
    waiting.isChanged = true
  }

  return {
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      await storing
      await pool
        .query(`update worlds set state = state || '{"connected": false}' where name = $1`, [source.name])
        .catch((error: unknown) => log.warn({ error }, 'could not store that a world is disconnected'))
    },
  }
}

const chunkKey = (x: number, z: number): string => `${Math.floor(x / CHUNK)},${Math.floor(z / CHUNK)}`

/** Where a column is in its chunk. */
const columnAt = (x: number, z: number): number =>
  (z - Math.floor(z / CHUNK) * CHUNK) * CHUNK + (x - Math.floor(x / CHUNK) * CHUNK)

/** Puts the topmost block of a column into its chunk, in place. */
export function putCell(chunks: Map<string, ChunkCells>, { x, z, y, block }: SurfaceCell): void {
  const key = chunkKey(x, z)
  let chunk = chunks.get(key)
  if (!chunk) {
    chunk = {
      palette: [],
      blocks: Array<number>(CHUNK * CHUNK).fill(-1),
      heights: Array<number>(CHUNK * CHUNK).fill(0),
    }
    chunks.set(key, chunk)
  }
  let index = chunk.palette.indexOf(block)
  if (index < 0) index = chunk.palette.push(block) - 1
  const at = columnAt(x, z)
  chunk.blocks[at] = index
  chunk.heights[at] = y
}

async function storeChunks(
  client: Client,
  world: string,
  keys: ReadonlySet<string>,
  chunks: ReadonlyMap<string, ChunkCells>,
): Promise<void> {
  if (!keys.size) return
  const rows = [...keys].map((key) => {
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

/** A source reports its whole world when it starts: what an earlier run stored may be another one. */
const forgetChunks = (pool: Pool, world: string) => pool.query('delete from world_chunks where world = $1', [world])
