import { topic, type VitalsEvent } from '../../../shared/contract/topics.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { listsEvery, newestEvery } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { liveVitals } from './store.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000

/** The newest frame of every live character, then every frame. */
const changes = (characters: readonly string[] | null, { pool, pubsub, phase, latest }: Context) => ({
  pubsub,
  phase,
  topics: characters ? characters.map((name) => topic('vitals', name)) : [topic('vitals')],
  snapshot: async () => withNewer(await liveVitals(pool, characters), latest.vitals.since(LIVE_MS, characters)),
  map: (event: unknown) => event as VitalsEvent,
  rowVersion: { key: (row: VitalsEvent) => row.character, version: (row: VitalsEvent) => row.receivedAt },
})

export const vitalsResolvers: Resolvers = {
  Character: { vitals: ({ name }, { at }, { load }) => load.vitals.load({ name, at: momentOf(at) }) },
  Vitals: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    vitalsChanged: {
      subscribe: (_, { characters, everyMs }, context) => newestEvery(changes(characters ?? null, context), everyMs),
      resolve: (event: unknown) => event as VitalsEvent,
    },
    vitalsBatches: {
      subscribe: (_, { characters, everyMs }, context) => listsEvery(changes(characters ?? null, context), everyMs),
      resolve: (events: unknown) => events as VitalsEvent[],
    },
  },
}
