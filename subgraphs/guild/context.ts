import type { Viewer } from '../../shared/auth/viewer.ts'
import { CHARACTERS_TOPIC, PEOPLE_TOPIC, type PeopleEvent } from '../../shared/contract/people.ts'
import type { Pool } from '../../shared/db/pool.ts'
import { fault } from '../../shared/errors.ts'
import type { Part } from '../../shared/pubsub/marks.ts'
import type { PubSub } from '../../shared/pubsub/pubsub.ts'
import type { Pace } from '../../shared/serve/pace.ts'
import { commentsLoader } from './board/store.ts'
import type { Followers } from './assistant/followers.ts'
import { placeShownLoader } from './character/store.ts'

/** Where and with what a plugin connects. */
export interface PluginAddress {
  url: string
  secret: string
}

/** How often a viewer may write. */
export interface Paces {
  writes: Pace
  passwords: Pace
}

/** What all operations share. */
export interface World {
  pool: Pool
  pubsub: PubSub
  plugin: PluginAddress
  pace: Paces
  /** Signs credentials that act for somebody. */
  key: string
  /** Which sessions of the assistant are followed through this process. */
  followers: Followers
}

/** What every resolver gets; the only way to the world. */
export interface Context extends World {
  viewer: Viewer
  /** Which part of a stream is wanted. */
  part: Part
  load: {
    comments: ReturnType<typeof commentsLoader>
    placeShown: ReturnType<typeof placeShownLoader>
  }
}

/** One context an operation: its loaders remember nothing beyond it. */
export const context = (viewer: Viewer, part: Part, world: World): Context => ({
  ...world,
  viewer,
  part,
  load: { comments: commentsLoader(world.pool), placeShown: placeShownLoader(world.pool) },
})

/** Refuses what cannot be an id, before the database does. */
export function mustBeUuid(id: string, message: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw fault('NOT_FOUND', message)
}

/** Tells every gateway to ask anew whether these may still be here. After the change is stored. */
export const tellPeople = ({ pubsub }: Context, event: PeopleEvent): void => pubsub.publish(PEOPLE_TOPIC, event)

/** Tells whoever keeps it in memory that an owner or a shown place changed. After the change is stored. */
export const tellCharacters = ({ pubsub }: Context): void => pubsub.publish(CHARACTERS_TOPIC, {})
