import type { LeaderboardMetric } from '../../generated/types.ts'
import { formatCount, formatDuration, formatShort } from '../../ui/format.ts'

const write = { count: formatCount, short: formatShort, span: formatDuration }

/** What can be ranked: its name, its unit, and how its values are written. */
export const metrics: Record<LeaderboardMetric, { name: string; unit: string; as: keyof typeof write }> = {
  KILLS: { name: 'Kills', unit: 'kills', as: 'count' },
  KILLS_PER_HOUR: { name: 'Kills an hour', unit: 'kills an hour of play', as: 'count' },
  XP: { name: 'Experience', unit: 'experience points', as: 'short' },
  LUMINANCE: { name: 'Luminance', unit: 'luminance', as: 'short' },
  RARES: { name: 'Rares', unit: 'rares found', as: 'count' },
  GREAT_RARES: { name: 'Great rares', unit: 'great rares found', as: 'count' },
  DEATHS: { name: 'Deaths', unit: 'deaths', as: 'count' },
  TAPERS: { name: 'Tapers used', unit: 'prismatic tapers', as: 'count' },
  ONLINE: { name: 'Time played', unit: 'time in the game', as: 'span' },
}

/** A value of a leaderboard, as people read it. */
export const formatMetric = (metric: LeaderboardMetric, value: number): string => write[metrics[metric].as](value)

/** The windows that can be ranked: hours, or null for whole lives. */
export const windows = [
  { id: '1', name: 'Hour', hours: 1 },
  { id: '24', name: 'Day', hours: 24 },
  { id: '168', name: 'Week', hours: 168 },
  { id: '720', name: '30 days', hours: 720 },
  { id: 'all', name: 'All', hours: null },
] as const
export type WindowId = (typeof windows)[number]['id']

/** The share of the best value, 0 to 1, for a bar. */
export const shareOfBest = (value: number, best: number): number =>
  best > 0 ? Math.min(1, Math.max(0, value / best)) : 0
