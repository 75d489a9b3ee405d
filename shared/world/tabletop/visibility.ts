// What darkness, smoke and glare add to the target number, by the kind of eyes. Published tables differ, so a game
// master may pass a table of their own to every function that reads one.
import type { Certainty } from './certainty.ts'

export const visions = ['normal', 'low-light-cyber', 'low-light', 'thermographic-cyber', 'thermographic'] as const
/** Eyes; without `-cyber` they are natural. */
export type Vision = (typeof visions)[number]

export const visibilities = [
  'full-darkness',
  'minimal-light',
  'partial-light',
  'glare',
  'mist',
  'light-smoke',
  'heavy-smoke',
  'thermal-smoke',
] as const
export type Visibility = (typeof visibilities)[number]

export interface VisibilityRow {
  modifiers: Readonly<Record<Vision, number>>
  certainty: Certainty
  source: string
}

export type VisibilityTable = Readonly<Record<Visibility, VisibilityRow>>

type Five = readonly [number, number, number, number, number]

function row(values: Five, certainty: Certainty = 'web', source = 'fan table'): VisibilityRow {
  const [normal, lowLightCyber, lowLight, thermographicCyber, thermographic] = values
  return {
    modifiers: {
      normal,
      'low-light-cyber': lowLightCyber,
      'low-light': lowLight,
      'thermographic-cyber': thermographicCyber,
      thermographic,
    },
    certainty,
    source,
  }
}

/** The table used when a game master has none of their own. `light-smoke` and `heavy-smoke` include fog and rain. */
export const visibilityTable: VisibilityTable = {
  'full-darkness': row([8, 8, 8, 4, 2]),
  'minimal-light': row([6, 4, 2, 4, 2]),
  'partial-light': row([2, 1, 0, 2, 1]),
  glare: row([2, 4, 2, 4, 2]),
  mist: row([2, 2, 0, 0, 0]),
  'light-smoke': row([4, 4, 2, 0, 0]),
  'heavy-smoke': row([6, 6, 4, 1, 0]),
  // Thermal smoke is for thermographic eyes what smoke is for others, and the reverse.
  'thermal-smoke': row([0, 0, 0, 4, 4], 'unconfirmed', 'derived from light smoke'),
}
