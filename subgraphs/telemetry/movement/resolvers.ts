import { topic, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { startingWith } from '../../../shared/pubsub/starting-with.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/coordinates.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { checkBox } from './box.ts'
import { liveTelemetry, presence } from './store.ts'
import { pointsOf, trails, type Leg } from './trails.ts'

/** A character is live while frames arrived this lately. */
const LIVE_MS = 30_000
const DAY_S = 86_400
const HOUR_S = 3_600

function checkSeconds(seconds: number, most: number): void {
  if (seconds < 1 || seconds > most) throw fault('BAD_USER_INPUT', `\`seconds\` must be 1 to ${most}.`)
}

const MOST_POINTS = 900

function legOf(asked: { seconds: number; points: number; at?: Date | string | null }, most: number): Leg {
  const { seconds, points, at } = asked
  checkSeconds(seconds, most)
  if (points < 1 || points > MOST_POINTS) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MOST_POINTS}.`)
  return { seconds, points, at: momentOf(at) }
}

export const movementResolvers: Resolvers = {
  Query: {
    trails: (_, { characters, ...leg }, { pool }) => trails(pool, legOf(leg, HOUR_S), characters ?? null),
    async presence(_, { within }, { pool }) {
      return { size: PRESENCE_SIZE, edge: EDGE, ...(await presence(pool, within ? checkBox(within) : null)) }
    },
  },
  Character: {
    telemetry: ({ name }, { at }, { load }) => load.telemetry.load({ name, at: momentOf(at) }),
    trail: ({ name }, leg, { load }) => load.trail.load({ name, ...legOf(leg, DAY_S) }),
  },
  Telemetry: { character: ({ character }) => ({ name: character }) },
  Trail: {
    character: ({ character }) => ({ name: character }),
    points: (way) => pointsOf(way),
    path: (way) => way,
  },
  TrailPath: {
    from: ({ begin }) => new Date(begin),
    seconds: ({ ms }) => ms.map((after) => after / 1000),
  },
  Subscription: {
    telemetryChanged: {
      subscribe: (_, { characters }, { pool, pubsub, told }) =>
        startingWith<TelemetryEvent>({
          pubsub,
          topics: characters ? characters.map((name) => topic('telemetry', name)) : [topic('telemetry')],
          look: async () =>
            withNewer(await liveTelemetry(pool, characters ?? null), told.telemetry.since(LIVE_MS, characters ?? null)),
          follow: (event) => event as TelemetryEvent,
          newness: { key: (row) => row.character, version: (row) => row.receivedAt },
        }),
      resolve: (event: unknown) => event as TelemetryEvent,
    },
  },
}
