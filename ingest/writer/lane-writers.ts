import type { Log } from '../../shared/log.ts'
import type { Pool } from '../../shared/db/pool.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import { Resources } from '../../shared/serve/resources.ts'
import type { Replay } from '../spool/backlog.ts'
import type { Lanes } from '../spool/lanes.ts'
import { writer, type WriterHealth } from './writer.ts'

export interface LaneWriterOptions {
  lanes: Lanes
  /** Opens a pool of one connection that pipelines, with a name. */
  openPool: (name: string) => Pool
  pubsub: PubSub
  /** Reads a frame again, as it was read when it came. */
  replay: Replay
  /** Settles when the schema is as new as this code. */
  migrated: Promise<void>
  log: Log
}

/**
 * A writer for each lane, with a connection of its own. Older versions had one spool for everything: what lies there of
 * inventories is stored before newer ones are.
 */
export function laneWriters(options: LaneWriterOptions): WriterHealth & AsyncDisposable {
  const { lanes, openPool, pubsub, replay, migrated, log } = options
  const resources = new Resources()
  const open = (name: string, spool: Lanes['facts'], isBulk: boolean, ready: Promise<void>) => {
    const pool = openPool(name)
    resources.defer(() => pool.end())
    const own = writer({
      pool,
      spool,
      replay,
      pubsub,
      log: log.child({ writer: name }),
      isBulk,
      migrated: { done: ready },
    })
    return resources.use(own)
  }
  const before = lanes.facts.end
  const facts = open('writer', lanes.facts, false, migrated)
  const bulk = open(
    'bulk writer',
    lanes.bulk,
    true,
    migrated.then(() => facts.passed(before)),
  )
  let hasBulkBegun = false
  return {
    storing() {
      hasBulkBegun ||= bulk.storing()
      return facts.storing() && (!hasBulkBegun || bulk.storing())
    },
    slowSeconds: () => {
      const slow = [facts.slowSeconds(), bulk.slowSeconds()].filter((seconds) => seconds !== null)
      return slow.length ? Math.max(...slow) : null
    },
    isBehind: () => facts.isBehind(),
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  }
}
