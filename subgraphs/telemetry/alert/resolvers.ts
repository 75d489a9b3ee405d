import { rowRules } from '../../../shared/access/row-rules.ts'
import { topic } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { alertMatches, listAlerts, storedAlerts } from './store.ts'

const MAX_PAGE_SIZE = 500

export const alertResolvers: Resolvers = {
  Query: {
    async alerts(_, { where, ...page }, { pool, privacy }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listAlerts(pool, where ?? {}, page, privacy)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  Alert: {
    character: ({ character }) => (character === null ? null : { name: character }),
  },
  Subscription: {
    alertRaised: {
      subscribe(_, { where, afterId }, { pool, pubsub, phase, privacy }) {
        const matches = alertMatches(where ?? {})
        const topics = where?.characters ? where.characters.map((name) => topic('alert', name)) : [topic('alert')]
        const map = (event: unknown) => {
          const alert = event as AlertEvent
          return matches(alert) && rowRules.alert(privacy, alert) ? alert : undefined
        }
        return factStream<AlertEvent>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'an alert'),
          facts: storedAlerts(pool, where ?? {}, privacy),
          live: () => snapshotThenUpdates<AlertEvent>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as AlertEvent,
    },
  },
}
