import { rowRules } from '../../../shared/access/row-rules.ts'
import { topic } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readLastSeen } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { alertMatches, alertsAfter, listAlerts } from './store.ts'

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
        const last = readLastSeen(afterId, 'an alert')
        return snapshotThenUpdates<AlertEvent>({
          pubsub,
          phase,
          topics: where?.characters ? where.characters.map((name) => topic('alert', name)) : [topic('alert')],
          ...(afterId == null
            ? {}
            : {
                snapshot: () => alertsAfter(pool, where ?? {}, afterId, privacy),
              }),
          map(event) {
            const alert = event as AlertEvent
            return BigInt(alert.id) > last && matches(alert) && rowRules.alert(privacy, alert) ? alert : undefined
          },
          rowVersion: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as AlertEvent,
    },
  },
}
