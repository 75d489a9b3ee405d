import { rowRules } from '../../../shared/access/row-rules.ts'
import { fault } from '../../../shared/errors.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { readWindow } from '../history/stretch.ts'
import { momentOf } from '../moment.ts'
import { replay, replayableSince } from './store.ts'

const MAX_POINTS = 900

const scaled = (list: readonly (number | null)[], scale: number) =>
  list.map((value) => (value === null ? null : value / scale))

export const replayResolvers: Resolvers = {
  Query: {
    async replay(_, { since, until, points, characters }, { pool, privacy }) {
      if (points < 1 || points > MAX_POINTS) throw fault('BAD_USER_INPUT', `\`points\` must be 1 to ${MAX_POINTS}.`)
      const { fromS, seconds } = readWindow(momentOf(since)!, momentOf(until)!)
      const stretch = { fromS, toS: fromS + seconds, points }
      const found = await replay(pool, stretch, await charactersNamed(pool, characters))
      return found.filter((row) => rowRules.place(privacy, row))
    },
    replayableSince: async (_, __, { pool }) => {
      const since = await replayableSince(pool)
      return since === null ? null : new Date(since)
    },
  },
  CharacterReplay: {
    character: ({ character }) => ({ name: character }),
    since: ({ begin }) => new Date(begin),
    telemetry: (row) => row,
    vitals: (row) => row,
  },
  TelemetryReplay: {
    seconds: ({ telemetry }) => scaled(telemetry['ms']!, 1000) as number[],
    ew: ({ telemetry }) => scaled(telemetry['ew']!, 1000) as number[],
    ns: ({ telemetry }) => scaled(telemetry['ns']!, 1000) as number[],
    state: ({ telemetry }) => telemetry['state']!,
    kills: ({ telemetry }) => telemetry['kills']!,
    killsPerHour: ({ telemetry }) => scaled(telemetry['rate']!, 10),
    deaths: ({ telemetry }) => telemetry['deaths']!,
  },
  VitalsReplay: {
    seconds: ({ vitals }) => scaled(vitals['ms']!, 1000) as number[],
    health: ({ vitals }) => scaled(vitals['health']!, 10),
    stamina: ({ vitals }) => scaled(vitals['stamina']!, 10),
    mana: ({ vitals }) => scaled(vitals['mana']!, 10),
    vitae: ({ vitals }) => scaled(vitals['vitae']!, 10),
  },
}
