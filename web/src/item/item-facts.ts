// Everything decoded of an item, in the order people look for it. Numbers without a name stay numbers.
import { slotLabel } from '../../../shared/world/dereth/item-slots.ts'
import type { Fact } from '../ui/UiFacts.vue'
import { formatCount, formatDuration } from '../ui/format.ts'
import type { ItemFactsFragment } from './item-facts.fragment.gen.ts'
import { texts } from './messages.ts'

type Item = ItemFactsFragment
type Shown = string | number | null

/** `CRITICAL_STRIKE` → `Critical strike`. */
export const readable = (name: string): string => name[0] + name.slice(1).toLowerCase().replaceAll('_', ' ')

/** `507 (base 267)`; the base is shown only where it differs. */
const withBase = (received: number | null, base: number | null, show: (value: number) => string): string | null => {
  if (received === null) return base === null ? null : texts.base(show(base))
  return base === null || show(base) === show(received)
    ? show(received)
    : texts.baseOfReceived(show(received), show(base))
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
  return baseMaxDamage === null || baseMaxDamage === maxDamage ? whole : texts.baseOfWhole(whole, plain(baseMaxDamage))
}

function fight({ combat }: Item): Fact[] {
  if (!combat) return []
  const { mastery, variance } = combat
  return [
    [texts.damage, damageOf(combat)],
    [texts.kind, joined(combat.damageTypes.map(readable))],
    [texts.variance, variance === null ? null : variance.toFixed(2)],
    [texts.damageModifier, bonusOrNot(combat.damageBonus)],
    [texts.elementalDamage, combat.elementalDamage],
    [
      texts.versusMonsters,
      withBase(combat.elementalDamageVersusMonsters, combat.baseElementalDamageVersusMonsters, bonus),
    ],
    [texts.attack, combat.attackBonus === 1 ? null : withBase(combat.attackBonus, combat.baseAttackBonus, bonus)],
    [
      texts.meleeDefense,
      combat.meleeDefense === 1 ? null : withBase(combat.meleeDefense, combat.baseMeleeDefense, bonus),
    ],
    [texts.missileDefense, bonusOrNot(combat.missileDefense)],
    [texts.magicDefense, bonusOrNot(combat.magicDefense)],
    [texts.manaConversion, combat.manaConversion ? bonus(1 + combat.manaConversion) : null],
    [texts.speed, combat.speed],
    [texts.usedWith, combat.skillName ?? combat.skill],
    [texts.mastery, mastery],
  ]
}

/** The short line of ratings: `Damage 3, Critical damage 2 (5 in all)`. */
function ratingsText(ratings: Item['ratings']): string | null {
  const received = (Object.keys(texts.ratingNames) as (keyof typeof texts.ratingNames)[])
    .filter((key) => ratings[key])
    .map((key) => `${texts.ratingNames[key]} ${ratings[key]}`)
  return received.length === 0 ? null : `${received.join(', ')}${received.length > 1 ? texts.inAll(ratings.total) : ''}`
}

/** Facts for display side by side; what the item lacks is null, and not displayed. */
export function factsOf(item: Item): Fact[] {
  const { mana } = item
  const burns = mana?.secondsPerPoint
  const points = mana && `${plain(mana.current ?? 0)} / ${mana.max === null ? '?' : plain(mana.max)}`
  return [
    [texts.armorLevelLabel, withBase(item.armorLevel, item.baseArmorLevel, plain)],
    ...fight(item),
    [texts.set, item.setName],
    [texts.material, item.materialName],
    [texts.workmanship, item.workmanship === null ? null : item.workmanship.toFixed(2)],
    [texts.tinkered, item.tinks ? `${item.tinks} ${texts.times(item.tinks)}` : null],
    [texts.imbued, joined(item.imbues.map(readable))],
    [texts.ratings, ratingsText(item.ratings)],
    [texts.needs, joined(item.requirements.map(({ text }) => text))],
    [texts.wornAt, joined(item.wornAt.map(slotLabel))],
    [texts.goesOn, item.wornAt.length === item.slots.length ? null : joined(item.slots.map(slotLabel))],
    [texts.spellcraft, item.spellcraft],
    [texts.mana, points],
    [texts.aPointLasts, burns ? formatDuration(burns) : null],
    [texts.manaLasts, mana?.secondsLeft == null ? null : formatDuration(mana.secondsLeft)],
    [texts.growsToLevel, item.maxLevel],
    [texts.holds, item.capacity ? texts.items(item.capacity) : null],
    [texts.stack, item.stack && item.stack > 1 ? plain(item.stack) : null],
    [texts.value, item.value === null ? null : texts.pyreals(plain(item.value))],
    [texts.burden, item.burden === null ? null : texts.units(plain(item.burden))],
  ]
}

/** What a spell's name leaves out of its family, tier and level; `Legendary Strength` leaves out nothing. */
export function spellNote(spell: Item['boundSpells'][number]): string {
  if (spell.familyName === null) return texts.unknownSpell
  const says = (words: string) => spell.name.toLowerCase().includes(words.toLowerCase())
  const received = [spell.familyName, spell.tier ? readable(spell.tier) : spell.level && texts.level(spell.level)]
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
