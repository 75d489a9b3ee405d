import { rowRules } from '../../../shared/access/row-rules.ts'
import { topicsOf } from '../../../shared/contract/topics.ts'
import type { AlertEvent } from '../../../shared/contract/watch.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import { storedFact } from '../../../shared/serve/stored-facts.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { placeInWords } from '../place/near.ts'
import { needsStore, withStoredSubject } from '../place/subject.ts'
import { causeOf } from './cause.ts'
import { alertMatches, listAlerts, storedAlerts } from './store.ts'

const MAX_PAGE_SIZE = 500

export const alertResolvers: Resolvers = {
  Query: {
    async alerts(_, { where, ...page }, context) {
      checkPage(page, MAX_PAGE_SIZE)
      const stored = await withStoredSubject(context.pool, where)
      const { rows, totalCount } = await listAlerts(context.pool, stored, page, context)
      return { ...connection(rows, page, ({ id }) => [id]), totalCount }
    },
  },
  Alert: {
    ...placeInWords,
    cause: causeOf,
    character: ({ character }) => (character === null ? null : { name: character }),
  },
  Subscription: {
    alertRaised: {
      async subscribe(_, { where: asked, afterId }, context) {
        const { pool, pubsub, phase, privacy } = context
        const where = await withStoredSubject(pool, asked)
        const facts = storedAlerts(pool, where, context)
        const isAsked = needsStore(where)
        const matches = alertMatches(where)
        const topics = topicsOf('alert', where.characters ?? null)
        const map = (event: unknown) => {
          const alert = event as AlertEvent
          if (!matches(alert) || !rowRules.alert(privacy, alert)) return undefined
          return isAsked ? storedFact(facts, alert.id) : alert
        }
        return factStream<AlertEvent>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'an alert'),
          facts,
          live: () => snapshotThenUpdates<AlertEvent>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as AlertEvent,
    },
  },
}
