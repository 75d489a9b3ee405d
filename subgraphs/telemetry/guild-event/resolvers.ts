import { COMMAND_AUDIT_TOPIC } from '../../../shared/contract/commands.ts'
import { GUILD_EVENT_TOPIC, type GuildEventKind } from '../../../shared/contract/guild-events.ts'
import { topic } from '../../../shared/contract/topics.ts'
import { GAME_SERVER_TOPIC } from '../../../shared/contract/watch.ts'
import { factStream } from '../../../shared/pubsub/fact-stream.ts'
import { checkPage, connection, readAfterId } from '../../../shared/serve/connection.ts'
import { fault } from '../../../shared/errors.ts'
import { readWindow } from '../history/stretch.ts'
import { momentOf } from '../moment.ts'
import type { Resolvers, ResolversTypes } from '../generated/resolvers.ts'
import {
  countGuildEvents,
  guildEventDensity,
  listGuildEvents,
  storedGuildEvents,
  withStoredGuildEvents,
  type GuildEventRow,
} from './store.ts'

const MAX_PAGE_SIZE = 500
const MAX_BUCKETS = 900

/** What announces rows of the log. Sheets and quests are announced far more often than they are notable. */
const TOPICS = [
  ...(['rare', 'alert', 'sheet', 'quest'] as const).map((kind) => topic(kind)),
  COMMAND_AUDIT_TOPIC,
  GAME_SERVER_TOPIC,
  GUILD_EVENT_TOPIC,
]
const REST_MS = 100

type Detail = Awaited<ResolversTypes['GuildEventDetail']>

const TYPES = {
  RARE: 'Rare',
  DEATH: 'Alert',
  ALERT: 'Alert',
  LEVEL: 'LevelGain',
  QUEST_COMPLETED: 'QuestCompletion',
  CHARACTER_ARRIVED: 'PresenceChange',
  CHARACTER_LEFT: 'PresenceChange',
  PLUGIN_CONNECTED: 'PresenceChange',
  PLUGIN_DISCONNECTED: 'PresenceChange',
  IDLE_ENDED: 'PresenceChange',
  SERVER_UP: 'PresenceChange',
  SERVER_DOWN: 'PresenceChange',
  COMMAND: 'CommandAudit',
  INVENTORY: 'InventoryBurst',
} as const satisfies Record<GuildEventKind, string>

/** What an event is about, with the name of its type; null when that is gone. */
function detailOf({ kind, details, rare, alert, command }: GuildEventRow): Detail | null {
  const type = TYPES[kind]
  const detail = type === 'Rare' ? rare : type === 'Alert' ? alert : type === 'CommandAudit' ? command : details
  return detail && ({ __typename: type, ...detail } as unknown as Detail)
}

export const guildEventResolvers: Resolvers = {
  Query: {
    async guildEvents(_, { where: asked, ...page }, { pool, viewer, privacy }) {
      checkPage(page, MAX_PAGE_SIZE)
      const asker = { viewer, privacy }
      const where = await withStoredGuildEvents(pool, asked)
      const rows = await listGuildEvents(pool, where, page, asker)
      return { ...connection(rows, page, ({ id }) => [id]), count: () => countGuildEvents(pool, where, asker) }
    },
    async guildEventDensity(_, { since, until, points }, { pool, viewer, privacy }) {
      if (points < 1 || points > MAX_BUCKETS) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MAX_BUCKETS}.`)
      const { fromS, seconds } = readWindow(momentOf(since)!, momentOf(until)!)
      return guildEventDensity(pool, { fromS, toS: fromS + seconds, points }, { viewer, privacy })
    },
  },
  GuildEventConnection: { totalCount: ({ count }) => count() },
  GuildEvent: {
    character: ({ character }) => (character === null ? null : { name: character }),
    detail: (row) => detailOf(row),
  },
  Subscription: {
    guildEvents: {
      subscribe: async (_, { where, afterId }, { pool, pubsub, phase, viewer, privacy }) =>
        factStream<GuildEventRow>({
          pubsub,
          phase,
          topics: TOPICS,
          afterId: readAfterId(afterId, 'an event'),
          facts: storedGuildEvents(pool, await withStoredGuildEvents(pool, where), { viewer, privacy }),
          restMs: REST_MS,
        }),
      resolve: (event: unknown) => event as GuildEventRow,
    },
  },
}
