import { INGEST_STATUS_TOPIC } from '../../../shared/contract/ingest-status.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { mustBe, type Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import type { IngestTotals } from './status.ts'

/** Senders choose these names: they are for who looks after the house. */
function forAdmins<K extends keyof IngestTotals>(field: K) {
  return (totals: IngestTotals, _: unknown, context: Context): IngestTotals[K] => {
    mustBe('admin', context)
    return totals[field]
  }
}

export const ingestResolvers: Resolvers = {
  Query: { ingest: (_, __, { ingest }) => ingest.now() },
  IngestStatus: {
    unknownTypes: forAdmins('unknownTypes'),
    unknownFields: forAdmins('unknownFields'),
    dropped: forAdmins('dropped'),
  },
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
