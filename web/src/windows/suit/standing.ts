// The progress of a search, from the events of one suit or of several: one shape for the window.
import type { SuitWindowJointSearchSubscription } from './joint-suit-search.subscription.gen.ts'
import type { SuitWindowSearchSubscription } from './suit-search.subscription.gen.ts'
import { type Conflict, type Pickup, type Standing, demandOf, pickupsOf, pieceOf, suitOf } from './suit.ts'

type Received = SuitWindowSearchSubscription['suitSearch']
type Joint = SuitWindowJointSearchSubscription['jointSuitSearch']

const conflictOf = (
  { demands, isSmallest }: NonNullable<Received['conflict']>,
  wearer: string | null,
  isShared: boolean,
): Conflict => ({ wearer, isShared, isSmallest, demands: demands.map(demandOf) })

export function standingOf(received: Received): Standing {
  const { suit, conflict, alternatives, worn, ...rest } = received
  const best = suit && suitOf(suit)
  return {
    ...rest,
    value: best?.score.total ?? null,
    suits: best ? [best] : [],
    alternatives: alternatives.map((one) => ({ status: one.status, suit: suitOf(one.suit) })),
    conflicts: conflict ? [conflictOf(conflict, null, false)] : [],
    worn: worn && {
      suit: suitOf(worn.suit),
      swaps: worn.swaps.map(({ gain, on, off }) => ({ gain, on: pieceOf(on), off: off.map(pieceOf) })),
    },
    pickups: best ? pickupsOf(best) : [],
  }
}

export function jointStandingOf(received: Joint): Standing {
  const { total, suits: shown, conflicts, pickups, ...rest } = received
  const suits = shown.map(suitOf)
  const pieces = new Map(suits.flatMap((suit) => suit.pieces.map((piece) => [piece.itemId, piece])))
  return {
    ...rest,
    value: total,
    suits,
    alternatives: [],
    gains: [],
    conflicts: conflicts.map(({ kind, wearer, conflict }) => conflictOf(conflict, wearer.name, kind === 'SHARED')),
    worn: null,
    pickups: pickups.map(({ character, handovers }): Pickup => ({
      character: character.name,
      things: handovers.flatMap(({ piece, to }) => {
        const known = pieces.get(piece.itemId)
        return known ? [{ piece: known, to: to.name }] : []
      }),
    })),
  }
}
