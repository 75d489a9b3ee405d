import { rowRules } from '../../../shared/access/row-rules.ts'
import { speechOf } from '../../../shared/contract/speech.ts'
import { topicsOf, type ChatEvent, type UtteranceEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { ChatChannel, Resolvers } from '../generated/resolvers.ts'
import { withStoredChat } from './stored-where.ts'
import { chatMatches, kindOf } from './conditions.ts'
import { countChat, listChat, storedChat, type UtteranceRow } from './store.ts'

const MAX_PAGE_SIZE = 500

export const chatResolvers: Resolvers = {
  Query: {
    async chat(_, { where: asked, ...page }, { pool, privacy }) {
      checkPage(page, MAX_PAGE_SIZE)
      const where = await withStoredChat(pool, asked)
      const rows = await listChat(pool, where, page, privacy)
      return { ...connection(rows, page, ({ id }) => [id]), count: () => countChat(pool, where, privacy) }
    },
  },
  ChatConnection: { totalCount: ({ count }) => count() },
  ChatUtterance: {
    changeId: async (row, _, { load }) => row.changeId ?? ((await load.listeners.load(row)).at(-1)?.id as string),
    kind: (row) => kindOf(row),
    channel: ({ channel }) => channel as ChatChannel,
    message: ({ text }) => speechOf(text)?.message ?? text,
    heardBy: (row, _, { load }) => load.listeners.load(row),
  },
  ChatLine: {
    character: ({ character }) => ({ name: character }),
    channel: ({ channel }) => channel as ChatChannel,
  },
  Subscription: {
    chatReceived: {
      async subscribe(_, { where: asked, afterId }, { pool, pubsub, phase, privacy }) {
        const where = await withStoredChat(pool, asked)
        const matches = chatMatches(where)
        const topics = topicsOf('utterance', where.characters ?? null)
        const map = (event: unknown) => {
          const line = event as UtteranceEvent
          return matches(line) && rowRules.privateMessage(privacy, line) ? line : undefined
        }
        return factStream<UtteranceRow>({
          pubsub,
          phase,
          topics,
          afterId: readAfterId(afterId, 'an utterance'),
          facts: storedChat(pool, where, privacy),
          live: () => snapshotThenUpdates<UtteranceRow>({ pubsub, phase, topics, map }),
        })
      },
      resolve: (event: unknown) => event as UtteranceRow,
    },
    chatLineReceived: {
      async subscribe(_, { characters }, { pool, pubsub, phase, privacy }) {
        const topics = topicsOf('chat', await charactersNamed(pool, characters))
        const map = (event: unknown) =>
          rowRules.privateMessage(privacy, event as ChatEvent) ? (event as ChatEvent) : undefined
        return snapshotThenUpdates<ChatEvent>({ pubsub, phase, topics, map })
      },
      resolve: (event: unknown) => event as ChatEvent,
    },
  },
}
