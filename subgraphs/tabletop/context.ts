import type { Viewer } from '../../shared/auth/viewer.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { fault } from '../../shared/errors.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { StreamPhase } from '../../shared/pubsub/row-versions.ts'
import type { RateLimiter } from '../../shared/serve/rate-limiter.ts'
import type { EventReads } from './event/event-reads.ts'

/** What all operations share. */
export interface World {
  pool: Pool
  pubsub: PubSub
  /** Reads that all who follow a session share. */
  events: EventReads
  /** Limits of a viewer's writes. */
  rateLimits: { writes: RateLimiter; joins: RateLimiter }
}

/** What every resolver gets; the only way to the world. */
export interface Context extends World {
  viewer: Viewer
  /** Which phase of a stream is wanted. */
  phase: StreamPhase
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isUuid = (id: string): boolean => UUID.test(id)

/** Refuses an invalid id, before the database does. */
export function mustBeUuid(id: string, message: string): void {
  if (!isUuid(id)) throw fault('NOT_FOUND', message)
}
