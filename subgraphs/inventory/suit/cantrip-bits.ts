import type { Candidate } from './candidate.ts'
import { WISH_TIERS, type SpellWish, type WishTier, type Wishes } from './wishes.ts'

/** Points are counted in hundredths. */
export const HUNDREDTHS = 100

const tierNumber: ReadonlyMap<string, number> = new Map(WISH_TIERS.map((tier, number) => [tier, number]))

/**
 * Wanted cantrips as bits: each tier of a family that is worth more than the one below is a bit of its own, and an item brings
 * those up to its best. A tier worth nothing more is none: it would only make pieces differ that are worth the same.
 */
export class CantripBits {
  /** What each bit is worth, in hundredths of a point. */
  readonly worth: number[] = []
  /** The bits without which no suit may be, and the wish each comes from. */
  readonly musts: readonly { bit: number; spell: SpellWish }[]
  /** By family: its row below. */
  private readonly rowOf = new Map<number, number>()
  /** Of each wanted family: the bits in the order of their tiers. */
  private readonly rows: { tier: number; bit: number }[][] = []
  private readonly best: Int8Array

  constructor({ spells, weights }: Pick<Wishes, 'spells' | 'weights'>) {
    const musts: { bit: number; spell: SpellWish }[] = []
    for (const spell of spells) {
      const row: { tier: number; bit: number }[] = []
      const least = WISH_TIERS.indexOf(spell.atLeast)
      let before = 0
      for (let tier = least; tier < WISH_TIERS.length; tier++) {
        const points = Math.round(spell.weight * weights.tiers[WISH_TIERS[tier] as WishTier] * HUNDREDTHS)
        const isMust = spell.must && tier === least
        if (points > before || isMust) {
          const bit = this.worth.push(Math.max(0, points - before)) - 1
          row.push({ tier, bit })
          if (isMust) musts.push({ bit, spell })
        }
        before = Math.max(before, points)
      }
      this.rowOf.set(spell.family, this.rows.push(row) - 1)
    }
    this.musts = musts
    this.best = new Int8Array(this.rows.length).fill(-1)
  }

  /** Writes the bits an item brings to `own`. */
  of({ cantrips }: Candidate, own: number[]): void {
    own.length = 0
    const { best, rows } = this
    const begun: number[] = []
    for (const { family, tier } of cantrips) {
      const row = this.rowOf.get(family)
      if (row === undefined) continue
      if (best[row]! < 0) begun.push(row)
      best[row] = Math.max(best[row]!, tierNumber.get(tier) ?? -1)
    }
    for (const row of begun) {
      for (const { tier, bit } of rows[row]!) if (tier <= best[row]!) own.push(bit)
      best[row] = -1
    }
  }
}
