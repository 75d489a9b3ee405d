import { rowRules } from '../../../shared/access/row-rules.ts'
import { topic, type ChatEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import type { ChatChannel, Resolvers } from '../generated/resolvers.ts'
import { chatMatches, listChat } from './store.ts'

const MOST = 500

export const chatResolvers: Resolvers = {
  Query: {
    async chat(_, { where, ...page }, { pool, privacy }) {
      checkPage(page, MOST)
      return connection(await listChat(pool, where ?? {}, page, privacy), page, ({ id }) => [id])
    },
  },
  ChatLine: {
    character: ({ character }) => ({ name: character }),
    channel: ({ channel }) => channel as ChatChannel,
  },
  Subscription: {
    chatReceived: {
      subscribe(_, { where }, { pubsub, part, privacy }) {
        const matches = chatMatches(where ?? {})
        const topics = where?.characters ? where.characters.map((name) => topic('chat', name)) : [topic('chat')]
        return startingWith<ChatEvent>({
          pubsub,
          part,
          topics,
          follow(event) {
            const line = event as ChatEvent
            return matches(line) && rowRules.privateMessage(privacy, line) ? line : undefined
          },
        })
      },
      resolve: (event: unknown) => event as ChatEvent,
    },
  },
}
