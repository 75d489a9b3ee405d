// A suit as the window holds it: the graph's fragments opened once.
import { byText } from '../../language/language.ts'
import type { ItemSlot, SuitPhase, SuitPlace, SuitStatus } from '../../generated/types.ts'
import { type Masked, unmask } from '../../graph/unmask.ts'
import { type SuitDemandShownFragment, SuitDemandShownFragmentDoc } from './suit-demand.fragment.gen.ts'
import { type SuitPieceShownFragment, SuitPieceShownFragmentDoc } from './suit-piece.fragment.gen.ts'
import { type SuitShownFragment, SuitShownFragmentDoc } from './suit-shown.fragment.gen.ts'

export type Piece = SuitPieceShownFragment
export type Score = SuitShownFragment['score']
export interface Suit {
  wearer: string | null
  score: Score
  pieces: readonly Piece[]
}
export interface Swap {
  gain: number
  on: Piece
  off: readonly Piece[]
}
export type Demand = SuitDemandShownFragment
export interface Conflict {
  /** The wearer with these demands; null of a suit for one. */
  wearer: string | null
  /** They are in conflict with those of the others named, not with each other. */
  isShared: boolean
  demands: readonly Demand[]
  isSmallest: boolean
}
/** Pieces to fetch from one character, with their wearer when there are several. */
export interface Pickup {
  character: string
  things: readonly { piece: Piece; to: string | null }[]
}
/** What owning one supposed item would gain, in points. */
export interface Gain {
  /** Which one, from 0 on. */
  hypothetical: number
  name: string
  status: SuitStatus
  gain: number | null
  atMost: number | null
}
/** How a search stands, for one wearer or several. */
export interface Standing {
  phase: SuitPhase
  status: SuitStatus | null
  waiting: number
  elapsedMs: number
  candidateCount: number | null
  nodes: number | null
  /** Of all suits together, in points. */
  value: number | null
  bound: number | null
  gap: number | null
  /** One for each wearer; empty before the first. */
  suits: readonly Suit[]
  alternatives: readonly { status: SuitStatus; suit: Suit }[]
  conflicts: readonly Conflict[]
  worn: { suit: Suit; swaps: readonly Swap[] } | null
  pickups: readonly Pickup[]
  /** The most first; those not yet known are missing. */
  gains: readonly Gain[]
}

export const pieceOf = (masked: Masked<SuitPieceShownFragment>): Piece => unmask(SuitPieceShownFragmentDoc, masked)
export const demandOf = (masked: Masked<SuitDemandShownFragment>): Demand => unmask(SuitDemandShownFragmentDoc, masked)
export function suitOf(masked: Masked<SuitShownFragment>): Suit {
  const { wearer, score, pieces } = unmask(SuitShownFragmentDoc, masked)
  return { wearer: wearer?.name ?? null, score, pieces: pieces.map(pieceOf) }
}

export const nameOf = (piece: Piece): string => piece.item?.fullName ?? piece.name

const PAIRS: Partial<Record<SuitPlace, readonly [ItemSlot, ItemSlot]>> = {
  WRIST: ['LEFT_WRIST', 'RIGHT_WRIST'],
  FINGER: ['LEFT_FINGER', 'RIGHT_FINGER'],
}
/** The slots each piece takes on the doll: of two rings the first stands on the left. */
export function slotsOfPieces(pieces: readonly Piece[]): Map<string, ItemSlot[]> {
  const used = new Set<ItemSlot>()
  return new Map(
    pieces.map((piece) => {
      const slots = piece.places.map((place) => {
        const [left, right] = PAIRS[place] ?? [place as ItemSlot, place as ItemSlot]
        const slot = used.has(left) ? right : left
        used.add(slot)
        return slot
      })
      return [piece.itemId, slots]
    }),
  )
}
/** The place of a suit that a slot of the doll stands for. */
export const placeOfSlot = (slot: ItemSlot): SuitPlace =>
  slot.endsWith('_WRIST') ? 'WRIST' : slot.endsWith('_FINGER') ? 'FINGER' : (slot as SuitPlace)

/** What to fetch for a single suit, by holder: most pieces first, then by name. What the wearer holds is left out. */
export function pickupsOf({ wearer, pieces }: Suit): Pickup[] {
  const byOwner = new Map<string, Piece[]>()
  for (const piece of pieces) {
    const owner = piece.owner.name
    if (owner !== wearer) byOwner.set(owner, [...(byOwner.get(owner) ?? []), piece])
  }
  return [...byOwner]
    .map(([character, list]) => ({ character, things: list.map((piece) => ({ piece, to: null })) }))
    .sort((a, b) => b.things.length - a.things.length || byText(a.character, b.character))
}
