import { topic, type QuestEvent } from '../../../shared/contract/topics.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { checkPage, connection } from '../../../shared/serve/connection.ts'
import { questCooldown } from '../../../shared/world/quest-cooldowns.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { listQuests } from './store.ts'

const MOST = 1_000

export const questResolvers: Resolvers = {
  Query: {
    async quests(_, { where, ...page }, { pool }) {
      checkPage(page, MOST)
      const { rows, totalCount } = await listQuests(pool, where ?? {}, page)
      return { ...connection(rows, page, ({ name, character }) => [name, character]), totalCount }
    },
  },
  Character: { quests: ({ name }, _, { load }) => load.quests.load(name) },
  Quest: {
    character: ({ character }) => ({ name: character }),
    ready: ({ readyAt }) => (readyAt === null ? null : Date.parse(readyAt) <= Date.now()),
    cooldownSeconds: ({ name }) => questCooldown(name),
  },
  Subscription: {
    questChanged: {
      subscribe: (_, { characters }, { pubsub, part }) =>
        startingWith<QuestEvent>({
          pubsub,
          part,
          topics: characters ? characters.map((name) => topic('quest', name)) : [topic('quest')],
          follow: (event) => event as QuestEvent,
        }),
      resolve: (event: unknown) => event as QuestEvent,
    },
  },
}
