import { setTimeout as wait } from 'node:timers/promises'
import { worldTopic, type WorldEvent, type WorldState } from '../../../shared/contract/world-view.ts'
import { transaction, type Pool } from '../../../shared/db/pool.ts'
import type { Log } from '../../../shared/log.ts'
import type { PubSub } from '../../../shared/pubsub/pubsub.ts'
import { chunkKey, forgetChunks, storeChunks } from './chunks.ts'
import { frameOf, storeFrame } from './frames.ts'
import { WorldMemory, type Waiting } from './world-memory.ts'
import type { WorldSource } from './world-source.ts'

/** Columns that are published with a change. After a larger change, subscribers read the world again. */
const MAX_PUBLISHED = 2_048

/** A world that is being stored. */
export interface RunningWorld extends AsyncDisposable {
  state(): WorldState
  /** Stores how an assistant works in it now, and for whom. */
  setMode(mode: Pick<WorldState, 'mode' | 'player'>): void
  /** Stores how the world looks now around a place, for replay. Never throws. */
  keepFrame(place: { x: number; z: number }): Promise<void>
}

/** Stores the world of a source and publishes each change after it is stored. */
export function worldWriter(
  source: WorldSource,
  { pool, pubsub, log }: { pool: Pool; pubsub: PubSub; log: Log },
): RunningWorld {
  const memory = new WorldMemory()
  const world = source.name
  let storing: Promise<void> | null = null
  let hasBegun = false
  const ending = new AbortController()

  async function storeAll(): Promise<void> {
    if (!hasBegun) await forgetChunks(pool, world)
    hasBegun = true
    for (let taken = memory.take(); taken; taken = memory.take()) {
      try {
        pubsub.publish(worldTopic(world), await storeChange(pool, source, memory, taken))
        await wait(source.intervalMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined)
      } catch (error) {
        log.warn({ error, world }, 'a change of a world could not be stored; the next change tries again')
        return memory.putBack(taken)
      }
    }
  }

  const store = (): void => {
    storing ??= storeAll()
      .catch((error: unknown) => log.warn({ error, world }, 'a world could not be stored'))
      .finally(() => (storing = null))
  }
  const running = source.start((change) => {
    memory.merge(change)
    store()
  })
  return {
    state: () => memory.state,
    setMode(mode) {
      memory.setMode(mode)
      store()
    },
    async keepFrame(place) {
      await storeFrame(pool, world, frameOf(memory, place)).catch((error: unknown) =>
        log.warn({ error, world }, 'how a world looked could not be stored'),
      )
    },
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]()
      ending.abort()
      await storing
      await pool
        .query(`update worlds set state = state || '{"connected": false}' where name = $1`, [world])
        .catch((error: unknown) => log.warn({ error, world }, 'could not store that a world is disconnected'))
    },
  }
}

/** Stores a change in one transaction; gives what is published of it. */
function storeChange(pool: Pool, source: WorldSource, memory: WorldMemory, taken: Waiting): Promise<WorldEvent> {
  const cells = [...taken.cells.values()]
  return transaction(pool, async (client) => {
    const { state, entities, chunks } = memory
    const { rows } = await client.query<{ seq: number; at: string }>(
      `insert into worlds as w (name, kind, seq, state, entities) values ($1, $2, 1, $3, $4)
       on conflict (name) do update set kind = excluded.kind, seq = w.seq + 1, at = now(), state = excluded.state,
         entities = excluded.entities
       returning seq, at`,
      [source.name, source.kind, JSON.stringify(state), JSON.stringify([...entities.values()])],
    )
    await storeChunks(client, source.name, new Set(cells.map(chunkKey)), chunks)
    const isLarge = cells.length > MAX_PUBLISHED
    return {
      ...state,
      ...rows[0]!,
      world: source.name,
      isComplete: !isLarge,
      cells: isLarge ? [] : cells,
      entities: [...taken.entities.values()],
      gone: [...taken.gone],
    }
  })
}
