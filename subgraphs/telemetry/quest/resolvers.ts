import { topicsOf, type QuestEvent } from '../../../shared/contract/topics.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { snapshotThenUpdates } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import { charactersNamed, withStoredNames } from '../../../shared/serve/known-names.ts'
import { questCooldown } from '../../../shared/world/dereth/quest-cooldowns.ts'
import type { QuestState, Resolvers } from '../generated/resolvers.ts'
import { listQuests, oneQuest, questMatrix, storedQuests, type QuestRow } from './store.ts'

const MAX_PAGE_SIZE = 1_000
const MAX_ROWS = 500

const isReady = (readyAt: string) => Date.parse(readyAt) <= Date.now()

/** How a quest stands, by what its client last said of it. */
function stateOf(quest: QuestEvent | undefined): QuestState {
  if (!quest) return 'NEVER_REPORTED'
  if (quest.readyAt === null) return 'UNKNOWN'
  return isReady(quest.readyAt) ? 'READY' : 'ON_COOLDOWN'
}

export const questResolvers: Resolvers = {
  Query: {
    async questMatrix(_, { characters, text, first }, { pool }) {
      checkPage({ first }, MAX_ROWS)
      return questMatrix(pool, { characters: await charactersNamed(pool, characters), text: text ?? null, first })
    },
    async quests(_, { where, ...page }, { pool }) {
      checkPage(page, MAX_PAGE_SIZE)
      const { rows, totalCount } = await listQuests(pool, await withStoredNames(pool, where), page)
      return { ...connection(rows, page, ({ name, character }) => [name, character]), totalCount }
    },
  },
  QuestMatrix: { characters: ({ characters }) => characters.map((name) => ({ name })) },
  QuestMatrixRow: {
    cooldownSeconds: ({ name }) => questCooldown(name),
    states: ({ quests }) => quests.map(stateOf),
    readyAt: ({ quests }) => quests.map((quest) => quest?.readyAt ?? null),
  },
  Character: { quests: ({ name }, _, { load }) => load.quests.load(name) },
  Quest: {
    character: ({ character }) => ({ name: character }),
    ready: ({ readyAt }) => (readyAt === null ? null : isReady(readyAt)),
    cooldownSeconds: ({ name }) => questCooldown(name),
  },
  Subscription: {
    questChanged: {
      async subscribe(_, { characters, afterId }, { pool, pubsub, phase }) {
        const names = await charactersNamed(pool, characters)
        const source = { pubsub, phase, topics: topicsOf('quest', names) }
        return factStream<QuestRow>({
          ...source,
          afterId: readAfterId(afterId, 'a change'),
          facts: storedQuests(pool, names),
          live: () =>
            snapshotThenUpdates<QuestRow>({
              ...source,
              map: (event) => oneQuest(pool, (event as QuestEvent).character, (event as QuestEvent).name),
            }),
        })
      },
      resolve: (event: unknown) => event as QuestRow,
    },
  },
}
