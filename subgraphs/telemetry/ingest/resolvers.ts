import { INGEST_STATUS_TOPIC } from '../../../shared/contract/ingest-status.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { IngestTotals } from './status.ts'

export const ingestResolvers: Resolvers = {
  Query: { ingest: (_, __, { ingest }) => ingest.now() },
  Subscription: {
    ingestChanged: {
      subscribe: (_, __, { pubsub, part, ingest }) =>
        startingWith<IngestTotals>({
          pubsub,
          part,
          topics: [INGEST_STATUS_TOPIC],
          look: () => Promise.resolve([ingest.now()]),
          follow: () => ingest.now(),
        }),
      resolve: (event: unknown) => event as IngestTotals,
    },
  },
}
