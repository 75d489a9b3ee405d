import { rowRules } from '../../../shared/access/row-rules.ts'
import { topic, type ChatEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import type { ChatChannel, Resolvers } from '../generated/resolvers.ts'
import { chatMatches, countChat, listChat, storedChat } from './store.ts'

const MAX_PAGE_SIZE = 500

export const chatResolvers: Resolvers = {
  Query: {
    async chat(_, { where, ...page }, { pool, privacy }) {
      checkPage(page, MAX_PAGE_SIZE)
      const rows = await listChat(pool, where ?? {}, page, privacy)
      return { ...connection(rows, page, ({ id }) => [id]), count: () => countChat(pool, where ?? {}, privacy) }
    },
  },
  ChatConnection: { totalCount: ({ count }) => count() },
  ChatLine: {
    character: ({ character }) => ({ name: character }),
    channel: ({ channel }) => channel as ChatChannel,
  },
  Subscription: {
    chatReceived: {
      subscribe(_, { where, afterId }, { pool, pubsub, phase, privacy }) {
        const matches = chatMatches(where ?? {})
        const topics = where?.characters ? where.characters.map((name) => topic('chat', name)) : [topic('chat')]
        const map = (event: unknown) => {
          const line = event as ChatEvent
          return matches(line) && rowRules.privateMessage(privacy, line) ? line : undefined
        }
        return factStream<ChatEvent>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'a line'),
          facts: storedChat(pool, where ?? {}, privacy),
          live: () => snapshotThenUpdates<ChatEvent>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as ChatEvent,
    },
  },
}
