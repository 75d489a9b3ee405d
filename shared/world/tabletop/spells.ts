// Spells with their drain codes (core p. 127-132 where the certainty is `core`).
import type { Certainty } from './certainty.ts'
import type { DamageKind, DamageLevel } from './damage-levels.ts'

export const spellCategories = ['combat', 'detection', 'health', 'illusion', 'manipulation'] as const
export type SpellCategory = (typeof spellCategories)[number]

export interface Spell {
  name: string
  category: SpellCategory
  /** Mana spells work against Willpower, physical spells against Body. */
  type: 'mana' | 'physical'
  /** A fixed target number instead of the target's attribute; null: the attribute. */
  targetNumber: number | null
  /** Whether targets resist. */
  isResisted: boolean
  damage: { level: DamageLevel; kind: DamageKind } | null
  duration: 'instant' | 'sustained' | 'permanent'
  isArea: boolean
  /** The drain's target number is half the Force, rounded down, and this; the level is what is resisted. */
  drain: { modifier: number; level: DamageLevel }
  /** How sure the drain code is. Damage levels of area and manipulation spells are not confirmed. */
  certainty: Certainty
}

type Level = 'L' | 'M' | 'S' | 'D'
type DrainCode = readonly [modifier: number, level: Level]

function damaging(name: string, type: Spell['type'], level: Level, drain: DrainCode, more: Partial<Spell> = {}): Spell {
  return {
    name,
    category: 'combat',
    type,
    targetNumber: null,
    isResisted: true,
    damage: { level, kind: 'physical' },
    duration: 'instant',
    isArea: false,
    drain: { modifier: drain[0], level: drain[1] },
    certainty: 'core',
    ...more,
  }
}

function sustained(name: string, category: SpellCategory, drain: DrainCode, more: Partial<Spell>): Spell {
  return {
    name,
    category,
    type: 'mana',
    targetNumber: 4,
    isResisted: false,
    damage: null,
    duration: 'sustained',
    isArea: false,
    drain: { modifier: drain[0], level: drain[1] },
    certainty: 'unconfirmed',
    ...more,
  }
}

const area = { isArea: true } as const
const thrown = { category: 'manipulation', targetNumber: 4, isArea: true } as const

export const spells: readonly Spell[] = [
  damaging('Mana Dart', 'mana', 'L', [0, 'L']),
  damaging('Mana Missile', 'mana', 'M', [0, 'M']),
  damaging('Mana Bolt', 'mana', 'S', [0, 'S']),
  damaging('Power Dart', 'physical', 'L', [1, 'L']),
  damaging('Power Missile', 'physical', 'M', [1, 'M']),
  damaging('Power Bolt', 'physical', 'S', [1, 'S']),
  damaging('Manaball', 'mana', 'M', [0, 'S'], area),
  damaging('Powerball', 'physical', 'M', [1, 'S'], area),
  damaging('Fireball', 'physical', 'S', [3, 'D'], thrown),
  damaging('Hellblast', 'physical', 'D', [6, 'D'], thrown),
  damaging('Sleep', 'mana', 'M', [0, 'M'], {
    ...area,
    damage: { level: 'M', kind: 'stun' },
    certainty: 'unconfirmed',
  }),
  damaging('Stun Bolt', 'mana', 'S', [-1, 'S'], { damage: { level: 'S', kind: 'stun' }, certainty: 'unconfirmed' }),
  sustained('Detect Life', 'detection', [0, 'M'], {}),
  sustained('Detect Enemies', 'detection', [1, 'M'], {}),
  sustained('Invisibility', 'illusion', [0, 'M'], {}),
  sustained('Armour', 'manipulation', [2, 'M'], { type: 'physical' }),
  sustained('Levitate Person', 'manipulation', [1, 'M'], { type: 'physical' }),
  sustained('Control Actions', 'manipulation', [2, 'S'], { targetNumber: null, isResisted: true }),
]

/** Target numbers of things: physical spells have them instead of Body (core p. 130). */
export const objectResistance = { natural: 3, 'low technology': 5, 'high technology': 8, computer: 10 } as const
export type ObjectKind = keyof typeof objectResistance
