import { INGEST_STATUS_TOPIC } from '../../../shared/contract/ingest-status.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { IngestTotals } from './status.ts'

export const ingestResolvers: Resolvers = {
  Query: { ingest: (_, __, { ingest }) => ingest.now() },
  Subscription: {
    ingestChanged: {
      subscribe: (_, __, { pubsub, phase, ingest }) =>
        snapshotThenUpdates<IngestTotals>({
          pubsub,
          phase,
          topics: [INGEST_STATUS_TOPIC],
          snapshot: () => Promise.resolve([ingest.now()]),
          map: () => ingest.now(),
        }),
      resolve: (event: unknown) => event as IngestTotals,
    },
  },
}
