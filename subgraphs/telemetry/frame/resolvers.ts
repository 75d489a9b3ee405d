import { rowRules } from '../../../shared/access/row-rules.ts'
import { frameTopic, topic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Resolvers } from '../generated/resolvers.ts'

export const frameResolvers: Resolvers = {
  RelayedFrame: { characterName: ({ character }) => character },
  Subscription: {
    frameReceived: {
      subscribe(_, { types, characters }, { pubsub, phase, privacy }) {
        const wanted = characters && new Set<string | null>(characters)
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
