import { topicsOf, type VitalsEvent } from '../../../shared/contract/topics.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { listsEvery, newestEvery } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { liveVitals } from './store.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000

/** The newest frame of every live character, or of the named ones, then every frame. NOT_FOUND for an unknown name. */
async function changes(asked: readonly string[] | null | undefined, { pool, pubsub, phase, latest }: Context) {
  const characters = await charactersNamed(pool, asked)
  return {
    pubsub,
    phase,
    topics: topicsOf('vitals', characters),
    snapshot: async () => withNewer(await liveVitals(pool, characters), latest.vitals.since(LIVE_MS, characters)),
    map: (event: unknown) => event as VitalsEvent,
    rowVersion: { key: (row: VitalsEvent) => row.character, version: (row: VitalsEvent) => row.receivedAt },
  }
}

export const vitalsResolvers: Resolvers = {
  Character: { vitals: ({ name }, { at }, { load }) => load.vitals.load({ name, at: momentOf(at) }) },
  Vitals: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    vitalsChanged: {
      subscribe: async (_, { characters, everyMs }, context) =>
        newestEvery(await changes(characters, context), everyMs),
      resolve: (event: unknown) => event as VitalsEvent,
    },
    vitalsBatches: {
      subscribe: async (_, { characters, everyMs }, context) => listsEvery(await changes(characters, context), everyMs),
      resolve: (events: unknown) => events as VitalsEvent[],
    },
  },
}
