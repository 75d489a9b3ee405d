import { topic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'

export const frameResolvers: Resolvers = {
  RelayedFrame: { characterName: ({ character }) => character },
  Subscription: {
    frameReceived: {
      subscribe(_, { types, characters }, { pubsub, part }) {
        const wanted = characters && new Set<string | null>(characters)
        return startingWith<FrameEvent>({
          pubsub,
          part,
          topics: types ? types.map((type) => topic('frame', type)) : [topic('frame')],
          follow: (event) =>
            !wanted || wanted.has((event as FrameEvent).character) ? (event as FrameEvent) : undefined,
        })
      },
      resolve: (event: unknown) => event as FrameEvent,
    },
  },
}
