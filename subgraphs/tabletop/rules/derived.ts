// Numbers that follow from a sheet (core p. 79, 84-85, 190). All divisions are rounded down.
import type { AttributeName, Sheet } from './sheet.ts'

/** An attribute with augmentations. */
export const attributeOf = (sheet: Sheet, name: AttributeName): number =>
  sheet.attributes[name] + (sheet.augmentations[name] ?? 0)

/** Reaction without and with augmentations. Ties of initiative compare both. */
export function reactionOf(sheet: Sheet): { natural: number; adjusted: number } {
  const { quickness, intelligence } = sheet.attributes
  return {
    natural: Math.floor((quickness + intelligence) / 2),
    adjusted:
      Math.floor((attributeOf(sheet, 'quickness') + attributeOf(sheet, 'intelligence')) / 2) + sheet.reactionBonus,
  }
}

/** The armour that counts: the highest of each value among what is worn. */
export function armourOf(sheet: Sheet): { ballistic: number; impact: number } {
  const worn = sheet.armour.filter((armour) => armour.isWorn)
  return {
    ballistic: Math.max(0, ...worn.map((armour) => armour.ballistic)),
    impact: Math.max(0, ...worn.map((armour) => armour.impact)),
  }
}
