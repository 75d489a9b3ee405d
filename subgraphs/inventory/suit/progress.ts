import type { Conflict } from './conflict.ts'
import type { SuitPlace } from './places.ts'
import type { Status } from './solver/solve.ts'
import type { Score } from './verify.ts'
import type { Wishes } from './wishes.ts'

export const SUIT_PHASES = ['QUEUED', 'READING', 'SEARCHING', 'ALTERNATIVES', 'DONE'] as const
export type SuitPhase = (typeof SUIT_PHASES)[number]

/** A question as a thread takes it: checked, and plain values only. */
export interface SuitQuestion {
  server: string
  /** Whose items; null for everybody's. */
  characters: readonly string[] | null
  excludedCharacters: readonly string[]
  wishes: Wishes
  alternatives: number
  differBy: number
  /** So many single swaps for what the wearer wears; 0 asks for none. */
  swaps: number
  timeLimitMs: number
}

export interface ToldPiece {
  id: string
  owner: string
  places: readonly SuitPlace[]
  tailored: boolean
  /** What it is worth by itself. */
  points: number
}

export interface ToldSuit {
  pieces: readonly ToldPiece[]
  score: Score
  wearer: string | null
}

/** What the wearer wears now, and the single pieces that would better it most. */
export interface ToldWorn {
  suit: ToldSuit
  swaps: readonly { on: ToldPiece; off: readonly ToldPiece[]; gain: number }[]
}

export interface ToldAlternative {
  status: Status
  suit: ToldSuit
  bound: number | null
}

/** How a search stands; every one tells all of it. */
export interface ToldProgress {
  phase: SuitPhase
  status: Status | null
  waiting: number
  elapsed: number
  candidates: number | null
  suit: ToldSuit | null
  bound: number | null
  nodes: number | null
  conflict: Conflict | null
  alternatives: readonly ToldAlternative[]
  worn: ToldWorn | null
}

/** What stands before anything is known. */
export const NOTHING_YET: ToldProgress = {
  phase: 'QUEUED',
  status: null,
  waiting: 0,
  elapsed: 0,
  candidates: null,
  suit: null,
  bound: null,
  nodes: null,
  conflict: null,
  alternatives: [],
  worn: null,
}
