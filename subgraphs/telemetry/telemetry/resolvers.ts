import { rowRules } from '../../../shared/access/row-rules.ts'
import { topicsOf, type TelemetryEvent } from '../../../shared/contract/topics.ts'
import { fault } from '../../../shared/errors.ts'
import { withNewer } from '../../../shared/pubsub/newest.ts'
import { listsEvery, newestEvery } from '../../../shared/pubsub/snapshot-then-updates.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import { EDGE, PRESENCE_SIZE } from '../../../shared/world/dereth/coordinates.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { momentOf } from '../moment.ts'
import { placeInWords } from '../place/near.ts'
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

/** The newest frame of every live character, or of the named ones, then every frame. NOT_FOUND for an unknown name. */
async function changes(asked: readonly string[] | null | undefined, { pool, pubsub, phase, latest }: Context) {
  const characters = await charactersNamed(pool, asked)
  return {
    pubsub,
    phase,
    topics: topicsOf('telemetry', characters),
    snapshot: async () => withNewer(await liveTelemetry(pool, characters), latest.telemetry.since(LIVE_MS, characters)),
    map: (event: unknown) => event as TelemetryEvent,
    rowVersion: { key: (row: TelemetryEvent) => row.character, version: (row: TelemetryEvent) => row.receivedAt },
  }
}

const MAX_POINTS = 900

function legOf(asked: { seconds: number; points: number; at?: Date | string | null }, most: number): Leg {
  const { seconds, points, at } = asked
  checkSeconds(seconds, most)
  if (points < 1 || points > MAX_POINTS) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MAX_POINTS}.`)
  return { seconds, points, at: momentOf(at) }
}

export const telemetryResolvers: Resolvers = {
  Query: {
    async trails(_, { characters, ...leg }, { pool, privacy }) {
      const found = await trails(pool, legOf(leg, HOUR_S), await charactersNamed(pool, characters))
      return found.filter((row) => rowRules.place(privacy, row))
    },
    async presence(_, { within }, { pool }) {
      return { size: PRESENCE_SIZE, edge: EDGE, ...(await presence(pool, within ? checkBox(within) : null)) }
    },
  },
  Character: {
    telemetry: ({ name }, { at }, { load }) => load.telemetry.load({ name, at: momentOf(at) }),
    trail: ({ name }, leg, { load }) => load.trail.load({ name, ...legOf(leg, DAY_S) }),
  },
  Telemetry: { ...placeInWords, character: ({ character }) => ({ name: character }), tag: ({ tag }) => tag || null },
  Trail: {
    character: ({ character }) => ({ name: character }),
    points: (way) => pointsOf(way),
    path: (way) => way,
  },
  TrailPath: {
    since: ({ begin }) => new Date(begin),
    seconds: ({ ms }) => ms.map((after) => after / 1000),
  },
  Subscription: {
    telemetryChanged: {
      subscribe: async (_, { characters, everyMs }, context) =>
        newestEvery(await changes(characters, context), everyMs),
      resolve: (event: unknown) => event as TelemetryEvent,
    },
    telemetryBatches: {
      subscribe: async (_, { characters, everyMs }, context) => listsEvery(await changes(characters, context), everyMs),
      resolve: (events: unknown) => events as TelemetryEvent[],
    },
  },
}
