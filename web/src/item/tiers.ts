import type { SpellTier } from '../generated/types.ts'

const inks: Partial<Record<SpellTier, string>> = {
  LEGENDARY: 'var(--accent)',
  EPIC: 'var(--epic)',
  MAJOR: 'var(--info)',
  MINOR: 'var(--good)',
}

/** The colour of a cantrip tier; quiet for what has none. */
export const tierInk = (tier: SpellTier | null | undefined): string =>
  tier ? (inks[tier] ?? 'var(--good)') : 'var(--muted)'

/** `Legendary` for LEGENDARY. */
export const tierName = (tier: SpellTier): string => tier[0] + tier.slice(1).toLowerCase()
