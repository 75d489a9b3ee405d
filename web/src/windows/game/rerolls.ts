// Which rolls of the log may be rolled again for Karma.
import type { Entry, Roll } from './game-log.ts'

/** What rolling the failed dice of a roll again takes. */
export interface Reroll {
  characterId: string
  /** Dice of the Karma Pool: one more each time. */
  karma: number
  /** Dice that failed. */
  dice: number
}

/**
 * The newest test of each character, or its newest repetition, by the id of that roll.
 * @param karmaOf dice that are left in the Karma Pool of a character that the viewer acts for; 0 for others
 */
export function rerollsIn(entries: readonly Entry[], karmaOf: (characterId: string) => number): Map<string, Reroll> {
  const chains = new Map<string, Roll[]>()
  for (const entry of entries) {
    if (entry.kind !== 'turn') continue
    for (const piece of entry.pieces) {
      if (piece.kind !== 'roll' || piece.roll.characterId === null) continue
      const { roll } = piece
      const known = chains.get(roll.characterId!)
      if (roll.rerollOf !== null && known?.[0]!.id === roll.rerollOf) known.push(roll)
      else if (roll.rerollOf === null) chains.set(roll.characterId!, [roll])
      // A repetition of a test that is not loaded yet: its cost is not known.
      else chains.delete(roll.characterId!)
    }
  }
  const found = [...chains].flatMap(([characterId, chain]): [string, Reroll][] => {
    const last = chain.at(-1)!
    const dice = last.dice - last.successes
    const isTest = last.kind === 'success' && !last.isDisaster && dice > 0
    return isTest && karmaOf(characterId) >= chain.length ? [[last.id, { characterId, karma: chain.length, dice }]] : []
  })
  return new Map(found)
}
