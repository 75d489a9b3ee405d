// The shopping list as text, to be pasted wherever people talk.
import { type Pickup, type Piece, nameOf } from './suit.ts'
import { placeNames } from './wishes.ts'

const count = (n: number, one: string) => `${n} ${n === 1 ? one : `${one}s`}`
export const placesText = ({ places }: Pick<Piece, 'places'>): string =>
  places.map((place, nth) => (nth ? placeNames[place].toLowerCase() : placeNames[place])).join(', ')
/** Where a piece lies: the pack's name, or that it is worn. */
export const packText = ({ pack }: Pick<Piece, 'pack'>): string =>
  pack === null ? 'no longer there' : pack === 'Body' ? 'worn' : pack

/** `7 pieces from 3 characters`. */
export const pickupsHead = (pickups: readonly Pickup[]): string =>
  `${count(
    pickups.reduce((sum, { things }) => sum + things.length, 0),
    'piece',
  )} from ${count(pickups.length, 'character')}`

/** Plain text: a block for each character to log in, a line for each piece with its pack and where it goes. */
export function shoppingText(pickups: readonly Pickup[], wearer: string | null): string {
  const blocks = pickups.map(({ character, things }) => {
    const lines = things.map(
      ({ piece, to }) =>
        `  - ${nameOf(piece)} (${packText(piece)}) → ${to ? `${to}: ` : ''}${placesText(piece)}` +
        (piece.tailored ? ', to be tailored' : ''),
    )
    return [`${character}: ${count(things.length, 'piece')}`, ...lines].join('\n')
  })
  return `${[`Suit${wearer ? ` for ${wearer}` : ''}: ${pickupsHead(pickups)}`, ...blocks].join('\n\n')}\n`
}
