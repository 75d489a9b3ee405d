// Dereth's arithmetic. One map unit is 240 m; the outdoor world is a square of 255 x 255 landblocks of 0.8 units.

/** Half the side of the outdoor world, in map units: every outdoor place lies within -EDGE … +EDGE. */
export const EDGE = 101.95
/** Side of a landblock, in map units (192 m). */
export const LANDBLOCK = 0.8
/** Metres in a map unit. */
export const UNIT_M = 240

/** East/west (+/-) and north/south (+/-) in map units. */
export interface Place {
  ew: number
  ns: number
}

/** `42.1N 33.6E`, as the game shows it. */
export function formatPlace({ ew, ns }: Place): string {
  return `${Math.abs(ns).toFixed(1)}${ns < 0 ? 'S' : 'N'} ${Math.abs(ew).toFixed(1)}${ew < 0 ? 'W' : 'E'}`
}

/**
 * The same for a text that people read. A blurred place, which is in whole units, is `about 42N 33E`; an exact one is
 * practically never whole in both directions.
 */
export function describePlace({ ew, ns }: Place): string {
  if (!Number.isInteger(ew) || !Number.isInteger(ns)) return formatPlace({ ew, ns })
  return `about ${Math.abs(ns)}${ns < 0 ? 'S' : 'N'} ${Math.abs(ew)}${ew < 0 ? 'W' : 'E'}`
}

/** Reads `42.1N 33.6E`, `42.1n, 33.6e`; null when the text is no place on the map. */
export function parsePlace(text: string): Place | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([ns])[\s,]*(\d+(?:\.\d+)?)\s*([ew])\s*$/i.exec(text)
  if (!match) return null
  const ns = Number(match[1]) * (/s/i.test(match[2]!) ? -1 : 1)
  const ew = Number(match[3]) * (/w/i.test(match[4]!) ? -1 : 1)
  return Math.abs(ns) > EDGE + 0.15 || Math.abs(ew) > EDGE + 0.15 ? null : { ew, ns }
}

/** The landblock a place lies in, as the game writes it (`A9B4`: column then row); null off the map. */
export function landblockOf({ ew, ns }: Place): string | null {
  const x = Math.floor((ew + EDGE) / LANDBLOCK)
  const y = Math.floor((ns + EDGE) / LANDBLOCK)
  if (x < 0 || y < 0 || x > 254 || y > 254) return null
  return (x.toString(16).padStart(2, '0') + y.toString(16).padStart(2, '0')).toUpperCase()
}

/** Cells along one side of the presence grid: each 0.4 units (96 m) wide. */
export const PRESENCE_SIZE = 510

/** The presence cell of a place, row 0 in the north; null off the map. */
export function presenceCell({ ew, ns }: Place): number | null {
  const column = Math.floor(((ew + EDGE) / (2 * EDGE)) * PRESENCE_SIZE)
  const row = Math.floor(((EDGE - ns) / (2 * EDGE)) * PRESENCE_SIZE)
  if (column < 0 || row < 0 || column >= PRESENCE_SIZE || row >= PRESENCE_SIZE) return null
  return row * PRESENCE_SIZE + column
}
