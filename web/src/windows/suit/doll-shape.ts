// A suit on the paper doll: its eighteen places alone, as they stand on a body.
import type { DollRows, Worn } from '../../item/doll.ts'
import { type Suit, nameOf, slotsOfPieces } from './suit.ts'

export const suitShape: DollRows = [
  ['SHIRT', 'HEAD', 'NECK'],
  ['UPPER_ARMS', 'CHEST', 'CLOAK'],
  ['LOWER_ARMS', 'ABDOMEN', 'HANDS'],
  ['LEFT_WRIST', 'UPPER_LEGS', 'RIGHT_WRIST'],
  ['LEFT_FINGER', 'LOWER_LEGS', 'RIGHT_FINGER'],
  ['PANTS', 'FEET', 'TRINKET'],
]

/** The pieces as the doll draws them; one that went meanwhile keeps its place. */
export function wornOf({ pieces }: Suit): Worn[] {
  const slots = slotsOfPieces(pieces)
  return pieces.map((piece) => ({
    id: piece.itemId,
    name: piece.name,
    fullName: nameOf(piece),
    wornAt: slots.get(piece.itemId)!,
    slots: piece.item?.slots ?? slots.get(piece.itemId)!,
    objectClass: piece.item?.objectClass ?? null,
    iconId: piece.item?.iconId ?? null,
    tier: piece.item?.tier ?? null,
    armorLevel: piece.item?.baseArmorLevel ?? null,
  }))
}
