import { rowRules } from '../../../shared/access/row-rules.ts'
import { topic } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection, readLastSeen } from '../../../shared/serve/connection.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { alertMatches, alertsAfter, listAlerts } from './store.ts'

const MOST = 500

export const alertResolvers: Resolvers = {
  Query: {
    async alerts(_, { where, ...page }, { pool, privacy }) {
      checkPage(page, MOST)
      const { rows, totalCount } = await listAlerts(pool, where ?? {}, page, privacy)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  Alert: {
    character: ({ character }) => (character === null ? null : { name: character }),
  },
  Subscription: {
    alertRaised: {
      subscribe(_, { where, after }, { pool, pubsub, part, privacy }) {
        const matches = alertMatches(where ?? {})
        const last = readLastSeen(after, 'an alert')
        return startingWith<AlertEvent>({
          pubsub,
          part,
          topics: where?.characters ? where.characters.map((name) => topic('alert', name)) : [topic('alert')],
          ...(after == null
            ? {}
            : {
                look: () => alertsAfter(pool, where ?? {}, after, privacy),
              }),
          follow(event) {
            const alert = event as AlertEvent
            return BigInt(alert.id) > last && matches(alert) && rowRules.alert(privacy, alert) ? alert : undefined
          },
          newness: { key: (row) => row.id, version: (row) => row.id },
        })
      },
      resolve: (event: unknown) => event as AlertEvent,
    },
  },
}
