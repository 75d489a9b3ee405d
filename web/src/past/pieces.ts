// History in pieces: coarse ones over a day, finer ones around the moment, loaded ahead of the clock and let go when
// there are too many.
import { TRAIL_MS } from '../world/trail.ts'
import { GONE_MS } from '../world/world-store.ts'
import type { Samples } from './samples.ts'
import { countOf } from './samples.ts'

/** How detailed pieces are, and how long. */
export interface Level {
  name: 'day' | 'hour' | 'minutes'
  lengthMs: number
  everyMs: number
  /** How much more than its own time a piece has: each is complete without its neighbours. */
  beforeMs: number
  afterMs: number
}
const [SECOND, MINUTE] = [1_000, 60_000]
export const DAY: Level = { name: 'day', lengthMs: 1_440 * MINUTE, everyMs: 300_000, beforeMs: 0, afterMs: 300_000 }
export const HOUR: Level = {
  name: 'hour',
  lengthMs: 60 * MINUTE,
  everyMs: 20 * SECOND,
  beforeMs: TRAIL_MS,
  afterMs: MINUTE,
}
export const MINUTES: Level = {
  name: 'minutes',
  lengthMs: 10 * MINUTE,
  everyMs: 2 * SECOND,
  beforeMs: GONE_MS,
  afterMs: 20 * SECOND,
}

export interface Stretch {
  since: number
  until: number
  points: number
}
export interface Piece {
  level: Level
  begin: number
  characters: ReadonlyMap<string, Samples>
  /** Up to when it was known when it was loaded. */
  knownUntil: number
}
export type LoadPiece = (stretch: Stretch) => Promise<ReadonlyMap<string, Samples>>

/** Together some 50 MB of typed arrays. */
const MAX_SAMPLES = 1_200_000
/** The pieces of one moment stay, however many characters they have. */
const LEAST = 3
const MAX_AT_ONCE = 2
const AGAIN_MS = 3_000
/** From this speed on pieces of an hour are fine enough. */
const FAST = 10
/** So much of the clock's way ahead is loaded, in seconds of this page. */
const AHEAD_S = 8

export const stretchOf = (level: Level, begin: number): Stretch => ({
  since: begin - level.beforeMs,
  until: begin + level.lengthMs + level.afterMs,
  points: Math.round((level.lengthMs + level.beforeMs + level.afterMs) / level.everyMs),
})
const beginOf = (level: Level, moment: number) => Math.floor(moment / level.lengthMs) * level.lengthMs
const keyOf = (level: Level, begin: number) => `${level.name} ${begin}`

/** Which pieces a moment needs, most urgent first. */
function wantedAt(moment: number, speed: number, now: number): readonly (readonly [Level, number])[] {
  const at = (level: Level, when: number) => [level, beginOf(level, when)] as const
  const ahead = Math.min(now, moment + Math.max(1, speed) * AHEAD_S * SECOND)
  const isFast = speed >= FAST
  return [
    at(HOUR, moment),
    at(DAY, moment),
    ...(isFast ? [] : [at(MINUTES, moment)]),
    at(HOUR, (moment + ahead) / 2),
    at(HOUR, ahead),
    ...(isFast ? [] : [at(MINUTES, ahead)]),
  ]
}

const samplesIn = ({ characters }: Piece): number => {
  let samples = 0
  for (const one of characters.values()) samples += countOf(one)
  return samples
}

/**
 * Drops pieces that were not used for longest while there are too many samples.
 * @param keep keys of pieces that stay all the same
 * @returns how many samples are left
 */
function letGo(pieces: Map<string, Piece>, keep: readonly string[]): number {
  let sum = 0
  for (const piece of pieces.values()) sum += samplesIn(piece)
  for (const [key, piece] of pieces) {
    if (sum <= MAX_SAMPLES) break
    if (keep.includes(key)) continue
    pieces.delete(key)
    sum -= samplesIn(piece)
  }
  return sum
}

/** A piece, which thereby is the one used last; null if it is not loaded. */
function use(pieces: Map<string, Piece>, key: string): Piece | null {
  const piece = pieces.get(key)
  if (!piece) return null
  pieces.delete(key)
  pieces.set(key, piece)
  return piece
}

/** @param now the present, by the server's clock: nothing after it is known yet */
export function createPieces(
  load: LoadPiece,
  now: () => number,
  onChange: () => void,
  onFault: (fault: unknown) => void,
) {
  /** In the order of their last use. */
  const pieces = new Map<string, Piece>()
  const asked = new Set<string>()
  let isCrowded = false
  /** Not asked for again before this, by the server's clock. */
  const waits = new Map<string, number>()
  let wanted: readonly (readonly [Level, number])[] = []

  const find = (level: Level, moment: number) => use(pieces, keyOf(level, beginOf(level, moment)))
  /** A piece of the present grows. */
  const isMissing = ([level, begin]: readonly [Level, number], moment: number): boolean => {
    const key = keyOf(level, begin)
    if (asked.has(key) || (waits.get(key) ?? 0) > now()) return false
    const piece = pieces.get(key)
    return !piece || (moment > piece.knownUntil && piece.knownUntil < begin + level.lengthMs)
  }

  /** Says which moment is shown, and how fast the clock runs; 0 if it stands. Loads what that needs. */
  function need(moment: number, speed: number): void {
    wanted = wantedAt(moment, speed, now())
    pump(moment)
  }
  function pump(moment: number): void {
    for (const one of isCrowded ? wanted.slice(0, LEAST) : wanted) {
      if (asked.size >= MAX_AT_ONCE) return
      if (isMissing(one, moment)) void ask(...one, moment)
    }
  }
  async function ask(level: Level, begin: number, moment: number): Promise<void> {
    const key = keyOf(level, begin)
    asked.add(key)
    waits.delete(key)
    for (const [one, moment] of waits) if (moment <= now()) waits.delete(one)
    const knownUntil = now()
    try {
      const characters = await load(stretchOf(level, begin))
      pieces.delete(key)
      const piece = { level, begin, characters, knownUntil }
      pieces.set(key, piece)
      // The present is asked for again, though not at once.
      if (knownUntil < begin + level.lengthMs) waits.set(key, now() + AGAIN_MS)
      const left = letGo(
        pieces,
        wanted.slice(0, LEAST).map(([one, from]) => keyOf(one, from)),
      )
      // With very many characters there is no room for what is ahead: loading it would drop it again at once.
      isCrowded = left + samplesIn(piece) > MAX_SAMPLES
      onChange()
    } catch (cause) {
      waits.set(key, now() + AGAIN_MS)
      onFault(cause)
    }
    asked.delete(key)
    pump(moment)
  }
  return { find, need, count: () => pieces.size }
}
export type Pieces = ReturnType<typeof createPieces>
