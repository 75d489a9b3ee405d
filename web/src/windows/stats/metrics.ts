import type { LeaderboardMetric } from '../../generated/types.ts'
import { formatCount, formatDuration, formatShort } from '../../ui/format.ts'
import { texts } from './messages.ts'

const write = { count: formatCount, short: formatShort, span: formatDuration }

/** What can be ranked: its name, its unit, and how its values are written. */
export const metrics: Record<LeaderboardMetric, { name: string; unit: string; as: keyof typeof write }> = {
  KILLS: {
    get name() {
      return texts.kills
    },
    unit: 'kills',
    as: 'count',
  },
  KILLS_PER_HOUR: {
    get name() {
      return texts.killsAnHour
    },
    get unit() {
      return texts.killsAnHourOfPlay
    },
    as: 'count',
  },
  XP: {
    get name() {
      return texts.experience
    },
    get unit() {
      return texts.experiencePoints
    },
    as: 'short',
  },
  LUMINANCE: {
    get name() {
      return texts.luminance
    },
    unit: 'luminance',
    as: 'short',
  },
  RARES: {
    get name() {
      return texts.rares
    },
    get unit() {
      return texts.raresFound
    },
    as: 'count',
  },
  GREAT_RARES: {
    get name() {
      return texts.greatRares
    },
    get unit() {
      return texts.greatRaresFound
    },
    as: 'count',
  },
  DEATHS: {
    get name() {
      return texts.deaths
    },
    unit: 'deaths',
    as: 'count',
  },
  TAPERS: {
    get name() {
      return texts.tapersUsed
    },
    get unit() {
      return texts.prismaticTapers
    },
    as: 'count',
  },
  ONLINE: {
    get name() {
      return texts.timePlayed
    },
    get unit() {
      return texts.timeInTheGame
    },
    as: 'span',
  },
}

/** A value of a leaderboard, as people read it. */
export const formatMetric = (metric: LeaderboardMetric, value: number): string => write[metrics[metric].as](value)

/** The windows that can be ranked: hours, or null for whole lives. */
export const windows = [
  {
    id: '1',
    get name() {
      return texts.hour
    },
    hours: 1,
  },
  {
    id: '24',
    get name() {
      return texts.day
    },
    hours: 24,
  },
  {
    id: '168',
    get name() {
      return texts.week
    },
    hours: 168,
  },
  {
    id: '720',
    get name() {
      return texts.thirtyDays
    },
    hours: 720,
  },
  {
    id: 'all',
    get name() {
      return texts.all
    },
    hours: null,
  },
] as const
export type WindowId = (typeof windows)[number]['id']

/** The share of the best value, 0 to 1, for a bar. */
export const shareOfBest = (value: number, best: number): number =>
  best > 0 ? Math.min(1, Math.max(0, value / best)) : 0
