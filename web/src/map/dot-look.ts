import type { Activity } from '../world/activity.ts'
import type { MapInks } from './map-inks.ts'

export const colourings = ['state', 'health', 'kills', 'tag', 'owner'] as const
export type Colouring = (typeof colourings)[number]

export type DotShape = 'circle' | 'arrow' | 'square' | 'cross'

/** Shape and colour both show the state, so that colour-blind people can read it. */
export const shapeOf: Record<Activity, DotShape> = {
  hunting: 'circle',
  travelling: 'arrow',
  idle: 'square',
  dead: 'cross',
}

/** Kills per hour at which the scale ends. */
export const KILLS_TOP = 1200

/** Red through amber to green; a bluish grey where unknown. */
export function healthColour(percent: number, lightness: number): string {
  if (percent < 0) return `hsl(210 12% ${lightness}%)`
  return `hsl(${Math.round(Math.min(100, percent) * 1.35)} 78% ${lightness}%)`
}

/** Violet (slow) through blue and green to yellow (fast), by the root: the low end holds most characters. */
export function killsColour(killsPerHour: number, lightness: number): string {
  const share = Math.sqrt(Math.min(1, Math.max(0, killsPerHour) / KILLS_TOP))
  return `hsl(${Math.round(275 - share * 220)} 82% ${lightness}%)`
}

export interface DotFacts {
  activity: Activity
  health: number
  killsPerHour: number
}

export function dotColour(by: Colouring, facts: DotFacts, inks: MapInks): string {
  if (facts.activity === 'dead') return inks.activity.dead
  if (by === 'health') return healthColour(facts.health, inks.lightness)
  if (by === 'kills') return killsColour(facts.killsPerHour, inks.lightness)
  return inks.activity[facts.activity]
}

/** A dot fades while its newest word grows old, down to 45 %. */
export function dotAlpha(ageMs: number, staleMs: number, goneMs: number): number {
  if (ageMs <= staleMs / 3) return 1
  if (ageMs <= staleMs) return 1 - 0.25 * ((ageMs - staleMs / 3) / (staleMs * (2 / 3)))
  return Math.max(0.45, 0.75 - 0.3 * ((ageMs - staleMs) / (goneMs - staleMs)))
}
