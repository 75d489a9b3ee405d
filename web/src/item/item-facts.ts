// Everything decoded of an item, in the order people look for it. Numbers without a name stay numbers.
import { slotLabel } from '../../../shared/world/dereth/item-slots.ts'
import type { Fact } from '../ui/UiFacts.vue'
import { formatCount, formatDuration } from '../ui/format.ts'
import type { ItemFactsFragment } from './item-facts.fragment.gen.ts'

type Item = ItemFactsFragment
type Shown = string | number | null

/** `CRITICAL_STRIKE` → `Critical strike`. */
export const readable = (name: string): string => name[0] + name.slice(1).toLowerCase().replaceAll('_', ' ')

/** `507 (base 267)`; the base is shown only where it differs. */
const withBase = (received: number | null, base: number | null, show: (value: number) => string): string | null => {
  if (received === null) return base === null ? null : `${show(base)} base`
  return base === null || show(base) === show(received) ? show(received) : `${show(received)} (base ${show(base)})`
}
/** Multipliers as players say them: 1.18 is +18 %. */
const bonus = (value: number) => `${value < 1 ? '−' : '+'}${Math.abs(Math.round((value - 1) * 1000) / 10)} %`
const bonusOrNot = (value: number | null) => (value === null || value === 1 ? null : bonus(value))
const plain = (value: number) => formatCount(value)
const joined = (words: readonly string[]): Shown => words.join(', ') || null

function damageOf(combat: NonNullable<Item['combat']>): Shown {
  const { maxDamage, minDamage, baseMaxDamage } = combat
  if (!maxDamage) return null // bows and wands have 0
  const whole = minDamage === null ? plain(maxDamage) : `${minDamage.toFixed(1)} – ${plain(maxDamage)}`
  return baseMaxDamage === null || baseMaxDamage === maxDamage ? whole : `${whole} (base ${plain(baseMaxDamage)})`
}

function fight({ combat }: Item): Fact[] {
  if (!combat) return []
  const { mastery, variance } = combat
  return [
    ['Damage', damageOf(combat)],
    ['Kind', joined(combat.damageTypes.map(readable))],
    ['Variance', variance === null ? null : variance.toFixed(2)],
    ['Damage modifier', bonusOrNot(combat.damageBonus)],
    ['Elemental damage', combat.elementalDamage],
    [
      'Versus monsters',
      withBase(combat.elementalDamageVersusMonsters, combat.baseElementalDamageVersusMonsters, bonus),
    ],
    ['Attack', combat.attackBonus === 1 ? null : withBase(combat.attackBonus, combat.baseAttackBonus, bonus)],
    ['Melee defense', combat.meleeDefense === 1 ? null : withBase(combat.meleeDefense, combat.baseMeleeDefense, bonus)],
    ['Missile defense', bonusOrNot(combat.missileDefense)],
    ['Magic defense', bonusOrNot(combat.magicDefense)],
    ['Mana conversion', combat.manaConversion ? bonus(1 + combat.manaConversion) : null],
    ['Speed', combat.speed],
    ['Used with', combat.skillName ?? combat.skill],
    ['Mastery', mastery],
  ]
}

const ratingNames = {
  damage: 'Damage',
  damageResist: 'Damage resist',
  crit: 'Critical',
  critResist: 'Critical resist',
  critDamage: 'Critical damage',
  critDamageResist: 'Critical damage resist',
  healBoost: 'Healing boost',
  vitality: 'Vitality',
} as const

/** The short line of ratings: `Damage 3, Critical damage 2 (5 in all)`. */
function ratingsText(ratings: Item['ratings']): string | null {
  const received = (Object.keys(ratingNames) as (keyof typeof ratingNames)[])
    .filter((key) => ratings[key])
    .map((key) => `${ratingNames[key]} ${ratings[key]}`)
  return received.length === 0
    ? null
    : `${received.join(', ')}${received.length > 1 ? ` (${ratings.total} in all)` : ''}`
}

/** Facts for display side by side; what the item lacks is null, and not displayed. */
export function factsOf(item: Item): Fact[] {
  const { mana } = item
  const burns = mana?.secondsPerPoint
  const points = mana && `${plain(mana.current ?? 0)} / ${mana.max === null ? '?' : plain(mana.max)}`
  return [
    ['Armor level', withBase(item.armorLevel, item.baseArmorLevel, plain)],
    ...fight(item),
    ['Set', item.setName],
    ['Material', item.materialName],
    ['Workmanship', item.workmanship === null ? null : item.workmanship.toFixed(2)],
    ['Tinkered', item.tinks ? `${item.tinks} ${item.tinks === 1 ? 'time' : 'times'}` : null],
    ['Imbued', joined(item.imbues.map(readable))],
    ['Ratings', ratingsText(item.ratings)],
    ['Needs', joined(item.requirements.map(({ text }) => text))],
    ['Worn at', joined(item.wornAt.map(slotLabel))],
    ['Goes on', item.wornAt.length === item.slots.length ? null : joined(item.slots.map(slotLabel))],
    ['Spellcraft', item.spellcraft],
    ['Mana', points],
    ['A point lasts', burns ? formatDuration(burns) : null],
    ['Mana lasts', mana?.secondsLeft == null ? null : formatDuration(mana.secondsLeft)],
    ['Grows to level', item.maxLevel],
    ['Holds', item.capacity ? `${item.capacity} items` : null],
    ['Stack', item.stack && item.stack > 1 ? plain(item.stack) : null],
    ['Value', item.value === null ? null : `${plain(item.value)} pyreals`],
    ['Burden', item.burden === null ? null : `${plain(item.burden)} units`],
  ]
}

/** What a spell's name leaves out of its family, tier and level; `Legendary Strength` leaves out nothing. */
export function spellNote(spell: Item['boundSpells'][number]): string {
  if (spell.familyName === null) return 'unknown spell'
  const says = (words: string) => spell.name.toLowerCase().includes(words.toLowerCase())
  const received = [spell.familyName, spell.tier ? readable(spell.tier) : spell.level && `level ${spell.level}`]
  return received.filter((words) => words && !says(words)).join(' · ')
}

/** Spells the strongest first: cantrips by tier, then others by level, then by name. */
export function sortSpells<S extends { tier: string | null; level: number | null; name: string }>(
  spells: readonly S[],
): S[] {
  const order = ['LEGENDARY', 'EPIC', 'MAJOR', 'INNER', 'MODERATE', 'LESSER', 'MINOR', 'FEEBLE']
  const rank = (spell: S) => (spell.tier ? order.indexOf(spell.tier) : order.length)
  return spells.toSorted((a, b) => rank(a) - rank(b) || (b.level ?? 0) - (a.level ?? 0) || (a.name < b.name ? -1 : 1))
}
