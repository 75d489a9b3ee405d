import type { Viewer } from '../../shared/auth/viewer.ts'
import { CHARACTERS_TOPIC, PEOPLE_TOPIC, type PeopleEvent } from '../../shared/contract/people.ts'
import { fairPool } from '../../shared/db/fair-pool.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { fault } from '../../shared/errors.ts'
import type { StreamPhase } from '../../shared/pubsub/row-versions.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { ReadBudget } from '../../shared/read-budget.ts'
import type { RateLimiter } from '../../shared/serve/rate-limiter.ts'
import { commentsLoader } from './board/store.ts'
import type { Followers } from './assistant/followers.ts'
import { placeShownLoader } from './character/store.ts'
import { marksLoader } from './map-mark/store.ts'

/** The address and secret for plugins. */
export interface PluginAddress {
  url: string
  secret: string
}

/** Limits of a viewer's writes. */
export interface RateLimits {
  writes: RateLimiter
  passwords: RateLimiter
  /** Values that a token stores for itself. */
  stores: RateLimiter
}

/** What links to shared views may be. */
export interface ViewLinkLimits {
  /** How many hours one lasts at most. */
  hours: number
}

/** What all operations share. */
export interface World {
  pool: Pool
  pubsub: PubSub
  plugin: PluginAddress
  rateLimits: RateLimits
  /** Null while links to shared views are off. */
  viewLinks: ViewLinkLimits | null
  /** Signs credentials that act for somebody. */
  key: string
  /** Which sessions of the assistant are followed through this process. */
  followers: Followers
}

/** What every resolver gets; the only way to the world. */
export interface Context extends World {
  viewer: Viewer
  /** Which phase of a stream is wanted. */
  phase: StreamPhase
  load: {
    comments: ReturnType<typeof commentsLoader>
    placeShown: ReturnType<typeof placeShownLoader>
    marks: ReturnType<typeof marksLoader>
  }
}

/** One context per operation: its loaders cache nothing beyond it. */
export function context(viewer: Viewer, phase: StreamPhase, world: World, budget?: ReadBudget): Context {
  const pool = fairPool(world.pool, budget)
  return {
    ...world,
    pool,
    viewer,
    phase,
    load: { comments: commentsLoader(pool), placeShown: placeShownLoader(pool), marks: marksLoader(pool, viewer) },
  }
}

/** Refuses an invalid id, before the database does. */
export function mustBeUuid(id: string, message: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw fault('NOT_FOUND', message)
}

/** Publishes a change, upon which every gateway checks these viewers again. Call after the change is stored. */
export const publishPeople = ({ pubsub }: Context, event: PeopleEvent): void => pubsub.publish(PEOPLE_TOPIC, event)

/** Publishes that an owner or a place setting changed, for caches. Call after the change is stored. */
export const publishCharacters = ({ pubsub }: Context): void => pubsub.publish(CHARACTERS_TOPIC, {})
