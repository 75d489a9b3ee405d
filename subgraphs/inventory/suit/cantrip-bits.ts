import type { Wardrobe } from './wardrobe.ts'
import { WISH_TIERS, type SpellWish, type WishTier, type Wishes } from './wishes.ts'

/** Points are counted in hundredths. */
export const HUNDREDTHS = 100

/**
 * Wanted cantrips as bits: each tier of a family that is worth more than the one below is a bit of its own, and an item
 * brings those up to its best. A tier worth nothing more is none: it would only make pieces differ that are worth the
 * same.
 */
export class CantripBits {
  /** What each bit is worth, in hundredths of a point. */
  readonly worth: number[] = []
  /** The bits without which no suit may be, and the wish each comes from. */
  readonly musts: readonly { bit: number; spell: SpellWish }[]
  private readonly wardrobe: Wardrobe
  /** Of each family of the wardrobe: the bits in the order of their tiers; null where it is not wanted. */
  private readonly rows: readonly (readonly { tier: number; bit: number }[] | null)[]

  constructor(wardrobe: Wardrobe, { spells, weights }: Pick<Wishes, 'spells' | 'weights'>) {
    this.wardrobe = wardrobe
    const musts: { bit: number; spell: SpellWish }[] = []
    const rowOf = new Map<number, { tier: number; bit: number }[]>()
    for (const spell of spells) {
      const row: { tier: number; bit: number }[] = []
      const least = WISH_TIERS.indexOf(spell.atLeast)
      let before = 0
      for (let tier = least; tier < WISH_TIERS.length; tier++) {
        const points = Math.round(spell.weight * weights.tiers[WISH_TIERS[tier] as WishTier] * HUNDREDTHS)
        const isMust = spell.required && tier === least
        if (points > before || isMust) {
          const bit = this.worth.push(Math.max(0, points - before)) - 1
          row.push({ tier, bit })
          if (isMust) musts.push({ bit, spell })
        }
        before = Math.max(before, points)
      }
      rowOf.set(spell.family, row)
    }
    this.musts = musts
    this.rows = wardrobe.families.map((family) => rowOf.get(family) ?? null)
  }

  /** Writes the bits a candidate brings to `own`. */
  of(c: number, own: number[]): void {
    own.length = 0
    const { rows, wardrobe } = this
    const { cantripsFrom, family, tier } = wardrobe
    for (let i = cantripsFrom[c]!, end = cantripsFrom[c + 1]!; i < end; i++) {
      const row = rows[family[i]!]
      if (!row) continue
      for (let k = 0; k < row.length && row[k]!.tier <= tier[i]!; k++) own.push(row[k]!.bit)
    }
  }
}
