// The shopping list as text, to be pasted wherever people talk.
import { type Pickup, type Piece, nameOf } from './suit.ts'
import { texts } from './messages.ts'

export const placesText = ({ places }: Pick<Piece, 'places'>): string =>
  places.map((place, nth) => (nth ? texts.placeNames[place].toLowerCase() : texts.placeNames[place])).join(', ')
/** Where a piece lies: the pack's name, or that it is worn. */
export const packText = ({ pack }: Pick<Piece, 'pack'>): string =>
  pack === null ? texts.noLongerThere : pack === 'Body' ? texts.wornPlace : pack

/** `7 pieces from 3 characters`. */
export const pickupsHead = (pickups: readonly Pickup[]): string =>
  texts.piecesFrom(
    pickups.reduce((sum, { things }) => sum + things.length, 0),
    pickups.length,
  )

/** Plain text: a block for each character to log in, a line for each piece with its pack and where it goes. */
export function shoppingText(pickups: readonly Pickup[], wearer: string | null): string {
  const blocks = pickups.map(({ character, things }) => {
    const lines = things.map(
      ({ piece, to }) =>
        `  - ${nameOf(piece)} (${packText(piece)}) → ${to ? `${to}: ` : ''}${placesText(piece)}` +
        (piece.tailored ? texts.toBeTailored : ''),
    )
    return [`${character}: ${texts.countPieces(things.length)}`, ...lines].join('\n')
  })
  return `${[texts.suitOfValue(wearer ? texts.for(wearer) : '', pickupsHead(pickups)), ...blocks].join('\n\n')}\n`
}
