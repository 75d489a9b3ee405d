interface Mana {
  current: number | null
  max: number | null
  secondsLeft: number | null
}

/** Worn pieces with mana, the first to run out on top; those with an unknown rate last, the emptiest first. */
export function manaList<I extends { equipped: boolean; mana: Mana | null; name: string | null }>(
  items: readonly I[],
): (I & { mana: Mana })[] {
  const fed = items.filter((item): item is I & { mana: Mana } => item.equipped && item.mana !== null)
  const share = ({ mana }: { mana: Mana }) => (mana.current ?? 0) / (mana.max || 1)
  return fed.toSorted(
    (a, b) =>
      (a.mana.secondsLeft ?? Infinity) - (b.mana.secondsLeft ?? Infinity) ||
      share(a) - share(b) ||
      ((a.name ?? '') < (b.name ?? '') ? -1 : 1),
  )
}
