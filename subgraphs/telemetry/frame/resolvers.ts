import { frameTopic, topic, type FrameEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { Sight } from '../sight/sight.ts'

/** A frame word for word may say anything: those of who blurs or hides its place go to nobody else, nor does what is said of them. */
function veil(frame: FrameEvent, sight: Sight): FrameEvent | undefined {
  if (sight.seesAll()) return frame
  if (frame.character !== null && sight.placeOf(frame.character) !== 'EXACT') return undefined
  const said = JSON.stringify(frame.body)
  return sight.veiled().some((name) => said.includes(JSON.stringify(name).slice(1, -1))) ? undefined : frame
}

export const frameResolvers: Resolvers = {
  RelayedFrame: { characterName: ({ character }) => character },
  Subscription: {
    frameReceived: {
      subscribe(_, { types, characters }, { pubsub, part, sight }) {
        const wanted = characters && new Set<string | null>(characters)
        const named = types && new Set(types) // long ones may share a topic
        return startingWith<FrameEvent>({
          pubsub,
          part,
          topics: types ? [...new Set(types.map(frameTopic))] : [topic('frame')],
          follow(event) {
            const frame = event as FrameEvent
            if (named && !named.has(frame.type)) return undefined
            return !wanted || wanted.has(frame.character) ? veil(frame, sight) : undefined
          },
        })
      },
      resolve: (event: unknown) => event as FrameEvent,
    },
  },
}
