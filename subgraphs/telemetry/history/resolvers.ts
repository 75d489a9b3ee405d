import { BUCKETS_AN_HOUR } from '../../../shared/contract/history-buckets.ts'
import { fault } from '../../../shared/errors.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { charactersNamed } from '../../../shared/serve/known-names.ts'
import { clockOf } from './clock.ts'
import {
  beginOf,
  charactersOf,
  endOf,
  fleetRates,
  bucketsBetween,
  lastHours,
  lengthOf,
  sumOf,
  type FleetRow,
  type RatesRow,
} from './rates.ts'
import { cutByClock, cutStretch } from './stretch.ts'

const MAX_HOURS = 720

/** By hour of game time; null without any. */
const byGameTime = (figure: 'kills' | 'deaths' | 'tapersUsed' | 'rares') => (row: RatesRow) =>
  row.onlineSeconds > 0 ? (3_600 * row[figure]) / row.onlineSeconds : null
/** By hour between the sheets that are compared. */
const bySheets = (figure: 'xp' | 'luminance') => (row: RatesRow) =>
  row[figure] === null || !row.sheetHours ? null : row[figure] / row.sheetHours
const total = (figure: Parameters<typeof sumOf>[1]) => (row: FleetRow) => sumOf(row, figure)
const byClock = (figure: Parameters<typeof sumOf>[1]) => (row: FleetRow) => sumOf(row, figure) / lengthOf(row)

export const historyResolvers: Resolvers = {
  Query: {
    rates: async (_, { since, until, characters }, { pool }) =>
      fleetRates(pool, await charactersNamed(pool, characters), bucketsBetween(since, until)),
  },
  Rates: {
    character: ({ character }) => ({ name: character }),
    since: beginOf,
    until: endOf,
    hours: ({ from, to }) => (to - from) / BUCKETS_AN_HOUR,
    killsPerHour: byGameTime('kills'),
    deathsPerHour: byGameTime('deaths'),
    tapersPerHour: byGameTime('tapersUsed'),
    raresPerHour: byGameTime('rares'),
    xpPerHour: bySheets('xp'),
    luminancePerHour: bySheets('luminance'),
  },
  FleetRates: {
    since: beginOf,
    until: endOf,
    kills: total('kills'),
    deaths: total('deaths'),
    tapersUsed: total('tapersUsed'),
    rares: total('rares'),
    xp: total('xp'),
    luminance: total('luminance'),
    onlineSeconds: total('onlineSeconds'),
    killsPerHour: byClock('kills'),
    deathsPerHour: byClock('deaths'),
    tapersPerHour: byClock('tapersUsed'),
    raresPerHour: byClock('rares'),
    xpPerHour: byClock('xp'),
    luminancePerHour: byClock('luminance'),
    characters: charactersOf,
  },
  Character: {
    history({ name }, { since, until, points, bucket, timeZone }) {
      const from = new Date(since).toISOString()
      const to = until ? new Date(until).toISOString() : new Date().toISOString()
      if (bucket) return { name, stretch: cutByClock(from, to, points, bucket, clockOf(timeZone)) }
      if (timeZone != null) throw fault('BAD_USER_INPUT', '`timeZone` needs `bucket`.')
      return { name, stretch: cutStretch(from, to, points) }
    },
    rates({ name }, { hours, since, until }, { load }) {
      if (since) return load.rates.load({ name, ...bucketsBetween(since, until) })
      if (until) throw fault('BAD_USER_INPUT', '`until` needs `since`.')
      if (hours < 1 || hours > MAX_HOURS) throw fault('BAD_USER_INPUT', `\`hours\` must be 1 to ${MAX_HOURS}.`)
      return load.rates.load({ name, ...lastHours(hours) })
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
