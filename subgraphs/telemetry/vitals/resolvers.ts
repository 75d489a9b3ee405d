import { topic, type VitalsEvent } from '../../../shared/contract/topics.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { liveVitals } from './store.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000

export const vitalsResolvers: Resolvers = {
  Character: { vitals: ({ name }, { at }, { load }) => load.vitals.load({ name, at: momentOf(at) }) },
  Vitals: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    vitalsChanged: {
      subscribe: (_, { characters }, { pool, pubsub, told }) =>
        startingWith<VitalsEvent>({
          pubsub,
          topics: characters ? characters.map((name) => topic('vitals', name)) : [topic('vitals')],
          look: async () =>
            withNewer(await liveVitals(pool, characters ?? null), told.vitals.since(LIVE_MS, characters ?? null)),
          follow: (event) => event as VitalsEvent,
          newness: { key: (row) => row.character, version: (row) => row.receivedAt },
        }),
      resolve: (event: unknown) => event as VitalsEvent,
    },
  },
}
