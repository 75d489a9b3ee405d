import { rowRules } from '../../../shared/access/row-rules.ts'
import { frameTopic, topic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { typesNamed } from './types-named.ts'

export const frameResolvers: Resolvers = {
  RelayedFrame: { characterName: ({ character }) => character },
  Subscription: {
    frameReceived: {
      async subscribe(_, { types: typed, characters }, { pool, pubsub, phase, privacy, ingest }) {
        const names = await charactersNamed(pool, characters)
        const wanted = names && new Set<string | null>(names)
        const types = typed && typesNamed(typed, ingest.now())
        const named = types && new Set(types) // long ones may share a topic
        return snapshotThenUpdates<FrameEvent>({
          pubsub,
          phase,
          topics: types ? [...new Set(types.map(frameTopic))] : [topic('frame')],
          map(event) {
            const frame = event as FrameEvent
            if (named && !named.has(frame.type)) return undefined
            if (wanted && !wanted.has(frame.character)) return undefined
            return rowRules.frame(privacy, frame) ? frame : undefined
          },
        })
      },
      resolve: (event: unknown) => event as FrameEvent,
    },
  },
}
