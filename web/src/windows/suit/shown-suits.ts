import type { Standing, Suit } from './suit.ts'
import { texts } from './messages.ts'

export interface NamedSuit {
  name: string
  suit: Suit
}
const nth = ['2nd', '3rd']

/**
 * The suits of a search by name: one for each wearer, or the best and those after it; and what they are compared with.
 */
export function suitsOf(standing: Standing, before: Standing | null): { own: NamedSuit[]; compared: NamedSuit[] } {
  const { suits, alternatives, worn } = standing
  if (suits.length > 1) {
    const own = suits.map((suit, place) => ({ name: suit.wearer ?? texts.suitOfPlace(place + 1), suit }))
    return { own, compared: own }
  }
  const own = [
    ...suits.map((suit) => ({ name: texts.best, suit })),
    ...alternatives.map(({ suit }, place) => ({ name: nth[place] ?? `${place + 2}th`, suit })),
  ]
  const then = before?.suits.length === 1 ? before.suits[0]! : null
  const now = suits[0]
  const same = (a: Suit, b: Suit) =>
    a.pieces.map(({ itemId }) => itemId).join() === b.pieces.map(({ itemId }) => itemId).join()
  return {
    own,
    compared: [
      ...own,
      ...(worn ? [{ name: texts.asWorn, suit: worn.suit }] : []),
      ...(then && now && !same(then, now) ? [{ name: texts.before, suit: then }] : []),
    ],
  }
}
