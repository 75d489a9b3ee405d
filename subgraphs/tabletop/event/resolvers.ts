import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { readAfterId } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { eventsTopic, type EventRow } from './store.ts'
import { storedEvents } from './stored-events.ts'

export const eventResolvers: Resolvers = {
  Subscription: {
    gmEvents: {
      subscribe: (_, { sessionId, afterId }, { pool, pubsub, phase, viewer, events }) =>
        factStream<EventRow>({
          pubsub,
          phase,
          topics: [eventsTopic(sessionId)],
          afterId: readAfterId(afterId, 'an event'),
          facts: storedEvents(pool, events, { sessionId, userId: viewer.id }),
        }),
      resolve: (event: unknown) => event as EventRow,
    },
  },
}
