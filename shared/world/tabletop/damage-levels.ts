// Damage codes (core p. 91, 111-112).

/** Light, Moderate, Serious, Deadly; `none` is what staging down leaves below Light. */
export const damageLevels = ['none', 'L', 'M', 'S', 'D'] as const
export type DamageLevel = (typeof damageLevels)[number]

/** Boxes of a condition monitor that each level fills. */
export const levelBoxes: Readonly<Record<DamageLevel, number>> = { none: 0, L: 1, M: 3, S: 6, D: 10 }

/** Boxes of each of the two tracks. */
export const trackBoxes = 10

export const damageKinds = ['physical', 'stun'] as const
export type DamageKind = (typeof damageKinds)[number]
