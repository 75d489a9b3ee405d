// The game's spells: name, family, and strength within the family. The tables are read on first use only.
import { cantripFamilies } from './facts/cantrip-families.ts'
import { creatureEnchantment } from './facts/creature-enchantment.ts'
import { itemEnchantment } from './facts/item-enchantment.ts'
import { lifeMagic } from './facts/life-magic.ts'
import { voidMagic } from './facts/void-magic.ts'
import { warMagic } from './facts/war-magic.ts'

/** Cantrips from the weakest to the strongest. */
export const SPELL_TIERS = ['FEEBLE', 'MINOR', 'LESSER', 'MODERATE', 'INNER', 'MAJOR', 'EPIC', 'LEGENDARY'] as const
export type SpellTier = (typeof SPELL_TIERS)[number]
export type School = 'CREATURE_ENCHANTMENT' | 'ITEM_ENCHANTMENT' | 'LIFE_MAGIC' | 'WAR_MAGIC' | 'VOID_MAGIC'

export interface Spell {
  id: number
  name: string
  /** Of a family only the best upon somebody counts. */
  family: number
  school: School
  /** How strong a cantrip it is; null for what is none. */
  tier: SpellTier | null
  /** 1 to 8, of ordinary spells that are bound to equipment; null otherwise. */
  level: number | null
}

const schools: readonly [School, string][] = [
  ['CREATURE_ENCHANTMENT', creatureEnchantment],
  ['ITEM_ENCHANTMENT', itemEnchantment],
  ['LIFE_MAGIC', lifeMagic],
  ['WAR_MAGIC', warMagic],
  ['VOID_MAGIC', voidMagic],
]
const INNER_CALM = 2067 // no cantrip, in spite of its name
const TIER = new RegExp(`^(${SPELL_TIERS.join('|')}) `, 'i')

let spells: Map<number, Spell> | null = null
/** Every spell by its id. */
export function allSpells(): ReadonlyMap<number, Spell> {
  if (spells) return spells
  spells = new Map()
  for (const [school, table] of schools)
    for (const line of table.trim().split('\n')) {
      const colon = line.indexOf(':')
      const family = Number(line.slice(0, colon))
      for (const entry of line.slice(colon + 2).split(' | ')) {
        const [, id, name, level] = /^(\d+) (.+?)(?:\*(\d))?$/.exec(entry)!
        const tier = Number(id) === INNER_CALM ? undefined : TIER.exec(name!)?.[1]!.toUpperCase()
        const spell = { id: Number(id), name: name!, family, school }
        spells.set(spell.id, { ...spell, tier: (tier as SpellTier) ?? null, level: level ? Number(level) : null })
      }
    }
  return spells
}

/** The spell of this id; null for one we do not know. */
export const spellOf = (id: number): Spell | null => allSpells().get(id) ?? null

let cantrips: Map<SpellTier, number[]> | null = null
/** The ids of all cantrips of a tier. */
export function spellsOfTier(tier: SpellTier): readonly number[] {
  if (!cantrips) {
    cantrips = new Map(SPELL_TIERS.map((each) => [each, []]))
    for (const spell of allSpells().values()) if (spell.tier !== null) cantrips.get(spell.tier)!.push(spell.id)
  }
  return cantrips.get(tier)!
}

/** 1 to 8, as items are sorted by their best cantrip. */
export const tierRank = (tier: SpellTier): number => SPELL_TIERS.indexOf(tier) + 1
/** The tier of a rank; null beyond them. */
export const tierOfRank = (rank: number): SpellTier | null => SPELL_TIERS[rank - 1] ?? null

let families: Map<number, string> | null = null
/**
 * What a family is called: as its cantrips are, else as its spells are without their level; the bare number for one we
 * do not know.
 */
export function familyName(family: number): string {
  if (!families) {
    families = new Map()
    for (const entry of cantripFamilies.trim().split(' | ')) {
      const blank = entry.indexOf(' ')
      families.set(Number(entry.slice(0, blank)), entry.slice(blank + 1))
    }
    const begun = new Set<number>()
    for (const spell of allSpells().values()) {
      if (begun.has(spell.family)) continue
      begun.add(spell.family)
      if (spell.level !== null || !families.has(spell.family)) families.set(spell.family, plain(spell.name))
    }
  }
  return families.get(family) ?? String(family)
}

/** `Strength` of `Strength Self VI`. */
const plain = (name: string): string =>
  name
    .replace(/^Aura of /, '')
    .replace(/ (?:I|II|III|IV|V|VI)$/, '')
    .replace(/ (?:Self|Other)$/, '')
