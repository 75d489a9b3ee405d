import type { Candidate } from './candidate.ts'
import type { Conflict } from './conflict.ts'
import type { JointConflictKind } from './joint/conflict.ts'
import type { SuitPlace } from './places.ts'
import type { Status } from './solver/solve.ts'
import type { Score } from './verify.ts'
import type { Wishes } from './wishes.ts'

export type SuitPhase = 'QUEUED' | 'READING' | 'SEARCHING' | 'ALTERNATIVES' | 'HYPOTHETICALS' | 'DONE'

/** A question as a thread takes it: checked, and plain values only. */
export interface SuitQuestion {
  server: string
  /** The characters to choose items of; null for all. */
  characters: readonly string[] | null
  excludedCharacters: readonly string[]
  wishes: Wishes
  /** Pieces that are only described, and that every suit wears: `wishes` locks them. */
  fixedPieces: readonly Candidate[]
  alternatives: number
  differBy: number
  /** So many single swaps for what the wearer wears; 0 asks for none. */
  swaps: number
  /** What the wearer is to own besides, one at a time: an item there is by id, or one described. */
  hypothetical: readonly (string | Candidate)[]
  timeLimitMs: number
}

export interface PieceReport {
  id: string
  name: string
  owner: string
  places: readonly SuitPlace[]
  tailored: boolean
  /** What it is worth by itself. */
  points: number
}

export interface SuitReport {
  pieces: readonly PieceReport[]
  score: Score
  wearer: string | null
}

/** What the wearer wears now, and the single pieces that would better it most. */
export interface WornReport {
  suit: SuitReport
  swaps: readonly { on: PieceReport; off: readonly PieceReport[]; gain: number }[]
}

export interface AlternativeReport {
  status: Status
  suit: SuitReport
  bound: number | null
}

export interface GainReport {
  hypothetical: number
  name: string
  status: Status
  gain: number | null
  atMost: number | null
  suit: SuitReport | null
}

/** How any search stands. */
export interface Standing {
  phase: SuitPhase
  status: Status | null
  waiting: number
  elapsedMs: number
  candidateCount: number | null
  bound: number | null
  nodes: number | null
}

/** Progress of a search for one suit; each event contains all of it. */
export interface ProgressReport extends Standing {
  suit: SuitReport | null
  conflict: Conflict | null
  alternatives: readonly AlternativeReport[]
  worn: WornReport | null
  gains: readonly GainReport[]
}

/** What stands before anything is known. */
const NOTHING: Standing = {
  phase: 'QUEUED',
  status: null,
  waiting: 0,
  elapsedMs: 0,
  candidateCount: null,
  bound: null,
  nodes: null,
}
export const NOTHING_YET: ProgressReport = {
  ...NOTHING,
  suit: null,
  conflict: null,
  alternatives: [],
  worn: null,
  gains: [],
}

/**
 * Several suits at once, as a thread takes the question: of each wearer what it wants, and what it counts in tenths.
 */
export interface JointQuestion {
  wearers: readonly { question: SuitQuestion; weight: number }[]
  timeLimitMs: number
}

/** Progress of a search for several suits; each event contains all of it. */
export interface JointReport extends Standing {
  suits: readonly SuitReport[]
  total: number | null
  conflicts: readonly { kind: JointConflictKind; wearer: string; conflict: Conflict }[]
}
export const NOTHING_JOINT: JointReport = { ...NOTHING, suits: [], total: null, conflicts: [] }
