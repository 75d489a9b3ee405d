// How often a kill yields a rare. The game's own odds fill the past; the live part is quicker, so that a demo shows
// some.
import { rares } from '../../../shared/world/dereth/rares.ts'
import { pick } from './chance.ts'
import type { Character } from './character.ts'
import { rareItem } from './item.ts'
import type { Realm } from './realm.ts'

// One in so many kills, by tier from 1. Sixty characters kill some six times a second between them.
const liveOdds = [210, 2000, 7000, 5000, 7000, 9000]
const pastOdds = [4000, 25_000, 100_000, 150_000, 200_000, 300_000]
const namesByTier = [1, 2, 3, 4, 5, 6].map((tier) =>
  rares.filter((rare) => rare.tier === tier).map((rare) => rare.name),
)

/** Perhaps one of these kills left a rare behind. */
export function rollRare(realm: Realm, c: Character, kills: number): void {
  const odds = realm.coarse() ? pastOdds : liveOdds
  for (const [index, oneIn] of odds.entries())
    if (c.rng() < kills / oneIn) return findRareOf(realm, c, pick(c.rng, namesByTier[index]!))
}

/** The character finds that rare, now. */
export function findRareOf(realm: Realm, c: Character, name: string): void {
  const item = rareItem(name, c.inventory.nextId(), c.id)
  c.session.rares++
  c.inventory.items.set(item.id, item)
  realm.emit(c, { kind: 'rare', name, item })
}

/** A rare the guild would celebrate, or a common one, by chance. */
export function drawRareName(rng: () => number): string {
  return pick(rng, namesByTier[rng() < 0.85 ? 0 : Math.floor(1 + rng() * 5)]!)
}
