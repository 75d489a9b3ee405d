// Suggesting spells while somebody types: whole families, tiers, and spells by name.
import type { SpellMatch, SpellTier } from '../generated/types.ts'
import { fittingChoices } from '../ui/choice.ts'
import { texts } from './messages.ts'

/** A spell asked for, with what it is called. */
export interface SpellChoice {
  label: string
  match: SpellMatch
}

/** A spell as our table has it. */
export interface KnownSpell {
  id: number
  name: string
  family: number
  tier: SpellTier | null
  level: number | null
}

const tiers: readonly SpellTier[] = ['LEGENDARY', 'EPIC', 'MAJOR', 'MINOR']
const said = (tier: SpellTier) => tier[0] + tier.slice(1).toLowerCase()

/**
 * What can be chosen, the widest first: tiers, families with and without a tier, then single spells (cantrips before
 * others).
 */
export function choicesFrom(spells: Iterable<KnownSpell>, familyName: (family: number) => string): SpellChoice[] {
  const all = [...spells]
  const families = new Map<string, Set<SpellTier>>()
  for (const { family, tier } of all) {
    if (!tier) continue
    const name = familyName(family)
    families.set(name, (families.get(name) ?? new Set()).add(tier))
  }
  const wide: SpellChoice[] = tiers.map((tier) => ({
    label: tier === 'LEGENDARY' ? texts.anyLegendary : texts.anyOrBetter(said(tier)),
    match: tier === 'LEGENDARY' ? { tier } : { atLeast: tier },
  }))
  const ofFamilies = [...families].flatMap(([name, known]): SpellChoice[] => [
    { label: texts.any(name), match: { familyName: name } },
    ...(known.has('EPIC') && known.has('LEGENDARY')
      ? [{ label: texts.epicOrBetter(name), match: { familyName: name, atLeast: 'EPIC' as const } }]
      : []),
  ])
  const single = all
    .toSorted((a, b) => Number(!a.tier) - Number(!b.tier) || Number(a.level === null) - Number(b.level === null))
    .map(({ id, name }): SpellChoice => ({ label: name, match: { id } }))
  return [...wide, ...ofFamilies, ...single]
}

/** The choices that fit what is typed; while nothing is, the widest of them. */
export const suggest = (typed: string, choices: readonly SpellChoice[]): SpellChoice[] =>
  typed.trim() ? fittingChoices(typed, choices) : choices.slice(0, tiers.length)
