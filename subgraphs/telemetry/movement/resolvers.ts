import { topic, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { checkEvery, listsEvery, newestEvery, startingWith } from '../../../shared/pubsub/starting-with.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/coordinates.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { liveTelemetry, presence, trails } from './store.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000
const MINUTE_MS = 60_000
const DAY_S = 86_400
const HOUR_S = 3_600

function checkSeconds(seconds: number, most: number): void {
  if (seconds < 1 || seconds > most) throw fault('BAD_USER_INPUT', `\`seconds\` must be 1 to ${most}.`)
}

/** What every live character told last, then every frame. */
const changes = (characters: readonly string[] | null, { pool, pubsub, part, told }: Context) => ({
  pubsub,
  part,
  topics: characters ? characters.map((name) => topic('telemetry', name)) : [topic('telemetry')],
  look: async () => withNewer(await liveTelemetry(pool, characters), told.telemetry.since(LIVE_MS, characters)),
  follow: (event: unknown) => event as TelemetryEvent,
  newness: { key: (row: TelemetryEvent) => row.character, version: (row: TelemetryEvent) => row.receivedAt },
})

export const movementResolvers: Resolvers = {
  Query: {
    trails(_, { seconds, characters }, { pool }) {
      checkSeconds(seconds, HOUR_S)
      return trails(pool, seconds, characters ?? null)
    },
    async presence(_, __, { pool }) {
      return { size: PRESENCE_SIZE, edge: EDGE, ...(await presence(pool)) }
    },
  },
  Character: {
    telemetry: ({ name }, _, { load }) => load.telemetry.load(name),
    trail({ name }, { seconds }, { load }) {
      checkSeconds(seconds, DAY_S)
      return load.trail.load({ name, seconds })
    },
  },
  Telemetry: { character: ({ character }) => ({ name: character }) },
  Trail: { character: ({ character }) => ({ name: character }) },
  Subscription: {
    telemetryChanged: {
      subscribe: (_, { characters, every }, context) =>
        every == null
          ? startingWith(changes(characters ?? null, context))
          : newestEvery(changes(characters ?? null, context), checkEvery(every, MINUTE_MS)),
      resolve: (event: unknown) => event as TelemetryEvent,
    },
    telemetryBatches: {
      subscribe: (_, { characters, every }, context) =>
        listsEvery(changes(characters ?? null, context), checkEvery(every, MINUTE_MS / 6)),
      resolve: (events: unknown) => events as TelemetryEvent[],
    },
  },
}
