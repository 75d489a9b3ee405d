// Chance from a seed: the same seed gives the same world, on any machine.

/** A source of chance: numbers from 0 up to, not including, 1. */
export type Rng = () => number

/** A source of chance that always gives the same sequence for one seed. */
export function seeded(seed: number): Rng {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A seed for a part of the world, so that one part's chances do not shift another's. */
export function seedFor(seed: number, ...parts: (string | number)[]): number {
  let hash = 2166136261 ^ seed
  for (const letter of parts.join('/')) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619)
  return hash | 0
}

/** A fraction from low up to high. */
export const between = (rng: Rng, low: number, high: number): number => low + rng() * (high - low)

/** A whole number from low to high, both included. */
export const whole = (rng: Rng, low: number, high: number): number => Math.floor(between(rng, low, high + 1))

/** One of the list. */
export function pick<T>(rng: Rng, list: readonly T[]): T {
  const chosen = list[Math.floor(rng() * list.length)]
  if (chosen === undefined) throw new Error('Nothing to pick from an empty list')
  return chosen
}

/** One of the list, the heavy ones more often. */
export function pickWeighted<T>(rng: Rng, list: readonly T[], weightOf: (entry: T) => number): T {
  let left = rng() * list.reduce((sum, entry) => sum + weightOf(entry), 0)
  for (const entry of list) {
    left -= weightOf(entry)
    if (left < 0) return entry
  }
  return pick(rng, list)
}

/** Rounded to so many digits, as the plugin prints it. */
export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}

/** An id as .NET writes a Guid. */
export function guid(rng: Rng): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(rng() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-9${hex.slice(17, 20)}-${hex.slice(20)}`
}
