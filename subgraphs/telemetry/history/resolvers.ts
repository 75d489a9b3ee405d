import { fault } from '../../../shared/errors.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { clockOf } from './clock.ts'
import { cutByClock, cutStretch } from './stretch.ts'

const MAX_HOURS = 720

export const historyResolvers: Resolvers = {
  Character: {
    history({ name }, { since, until, points, bucket, timeZone }) {
      const from = new Date(since).toISOString()
      const to = until ? new Date(until).toISOString() : new Date().toISOString()
      if (bucket) return { name, stretch: cutByClock(from, to, points, bucket, clockOf(timeZone)) }
      if (timeZone != null) throw fault('BAD_USER_INPUT', '`timeZone` needs `bucket`.')
      return { name, stretch: cutStretch(from, to, points) }
    },
    rates({ name }, { hours }, { load }) {
      if (hours < 1 || hours > MAX_HOURS) throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${MAX_HOURS}.`)
      return load.rates.load({ name, hours })
    },
  },
  CharacterHistory: {
    since: ({ stretch }) => new Date(stretch.fromS * 1000),
    until: ({ stretch }) => new Date(stretch.toS * 1000),
    bucketSeconds: ({ stretch }) => stretch.bucketS,
    telemetry: async (key, _, { load }) => ({ ...(await load.telemetryHistory.load(key)), character: key.name }),
    vitals: (key, _, { load }) => load.vitalsHistory.load(key),
  },
  TelemetryHistory: {
    ew: ({ figures }) => figures['ew'] ?? null,
    ns: ({ figures }) => figures['ns'] ?? null,
    kills: ({ figures }) => figures['kills']!,
    killsPerHour: ({ figures }) => figures['killsPerHour']!,
    deaths: ({ figures }) => figures['deaths']!,
  },
  VitalsHistory: {
    healthPercent: ({ figures }) => figures['healthPercent']!,
    staminaPercent: ({ figures }) => figures['staminaPercent']!,
    manaPercent: ({ figures }) => figures['manaPercent']!,
    vitae: ({ figures }) => figures['vitae']!,
  },
}
