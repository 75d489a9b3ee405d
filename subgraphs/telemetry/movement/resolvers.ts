import { topic, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { checkEvery, listsEvery, newestEvery, startingWith } from '../../../shared/pubsub/starting-with.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/coordinates.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { liveTelemetry, presence, trails, type TelemetryRow } from './store.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000
const MINUTE_MS = 60_000
const DAY_S = 86_400
const HOUR_S = 3_600

function checkSeconds(seconds: number, most: number): void {
  if (seconds < 1 || seconds > most) throw fault('BAD_USER_INPUT', `\`seconds\` must be 1 to ${most}.`)
}

/** What every live character told last, then every frame. */
const changes = (characters: readonly string[] | null, { pool, pubsub, part, told, sight }: Context) => ({
  pubsub,
  part,
  topics: characters ? characters.map((name) => topic('telemetry', name)) : [topic('telemetry')],
  look: async () =>
    withNewer(await liveTelemetry(pool, characters), told.telemetry.since(LIVE_MS, characters)).map((row) =>
      sight.placed(row.character, row),
    ),
  follow: (event: unknown) => sight.placed((event as TelemetryEvent).character, event as TelemetryEvent),
  newness: { key: (row: TelemetryRow) => row.character, version: (row: TelemetryRow) => row.receivedAt },
})

export const movementResolvers: Resolvers = {
  Query: {
    async trails(_, { seconds, characters }, { pool, sight }) {
      checkSeconds(seconds, HOUR_S)
      const found = await trails(pool, seconds, characters ?? null)
      return found
        .filter(({ character }) => sight.placeOf(character) !== 'HIDDEN')
        .map(({ character, points }) => ({ character, points: sight.way(character, points) }))
    },
    async presence(_, __, { pool }) {
      return { size: PRESENCE_SIZE, edge: EDGE, ...(await presence(pool)) }
    },
  },
  Character: {
    async telemetry({ name }, _, { load, sight }) {
      const row = await load.telemetry.load(name)
      return row && sight.placed(name, row)
    },
    async trail({ name }, { seconds }, { load, sight }) {
      checkSeconds(seconds, DAY_S)
      return sight.way(name, await load.trail.load({ name, seconds }))
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
      resolve: (event: unknown) => event as TelemetryRow,
    },
    telemetryBatches: {
      subscribe: (_, { characters, every }, context) =>
        listsEvery(changes(characters ?? null, context), checkEvery(every, MINUTE_MS / 6)),
      resolve: (events: unknown) => events as TelemetryRow[],
    },
  },
}
