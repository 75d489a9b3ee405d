// What items can be ordered by: what it is called, and where it stands in a row.
import type { ItemSort } from '../../generated/types.ts'
import type { FoundFiguresFragment } from './found-figures.fragment.gen.ts'

type Figures = FoundFiguresFragment
interface Sort {
  name: string
  /** The figure to show beside each item; left out where a column of the list has it already. */
  figure?: (item: Figures) => string | number | null | undefined
  /** The greatest first when chosen. */
  falling?: true
}
const combat = (name: string, key: keyof NonNullable<Figures['combat']>): Sort => ({
  name,
  falling: true,
  figure: ({ combat }) => (typeof combat?.[key] === 'number' ? Math.round(combat[key] * 1000) / 1000 : null),
})
const rating = (name: string, key: keyof Figures['ratings']): Sort => ({
  name,
  falling: true,
  figure: ({ ratings }) => ratings[key],
})
const needs = (name: string, kinds: readonly string[]): Sort => ({
  name,
  figure: ({ requirements }) => requirements.find(({ kind }) => kinds.includes(kind))?.value,
})

export const sorts: Readonly<Record<ItemSort, Sort>> = {
  NAME: { name: 'Name' },
  CHARACTER: { name: 'Owner' },
  OBJECT_CLASS: { name: 'Class', figure: (item) => item.objectClassName },
  VALUE: { name: 'Value', falling: true },
  BURDEN: { name: 'Burden', falling: true },
  STACK: { name: 'Stack', falling: true },
  CAPACITY: { name: 'Capacity', falling: true, figure: (item) => item.capacity },
  MATERIAL: { name: 'Material', figure: (item) => item.materialName },
  SET: { name: 'Set' },
  WORKMANSHIP: { name: 'Workmanship', falling: true },
  TINKS: { name: 'Tinkered', falling: true },
  MAX_LEVEL: { name: 'Grows to level', falling: true, figure: (item) => item.maxLevel },
  ARMOR_LEVEL: { name: 'Armor level', falling: true },
  BASE_ARMOR_LEVEL: { name: 'Base armor level', falling: true },
  MAX_DAMAGE: combat('Damage', 'maxDamage'),
  VARIANCE: { ...combat('Variance', 'variance') },
  DAMAGE_BONUS: combat('Damage modifier', 'damageBonus'),
  ELEMENTAL_DAMAGE: combat('Elemental damage', 'elementalDamage'),
  ELEMENTAL_DAMAGE_VERSUS_MONSTERS: combat('Versus monsters', 'elementalDamageVersusMonsters'),
  ATTACK_BONUS: combat('Attack', 'attackBonus'),
  MELEE_DEFENSE: combat('Melee defense', 'meleeDefense'),
  MISSILE_DEFENSE: combat('Missile defense', 'missileDefense'),
  MAGIC_DEFENSE: combat('Magic defense', 'magicDefense'),
  MANA_CONVERSION: combat('Mana conversion', 'manaConversion'),
  SPEED: { name: 'Speed', figure: (item) => item.combat?.speed },
  WIELD_LEVEL: needs('Wield level', ['LEVEL']),
  WIELD_VALUE: {
    name: 'Wield requirement',
    figure: ({ requirements }) => requirements.find(({ kindId }) => kindId !== null)?.value,
  },
  LORE: needs('Arcane lore', ['LORE']),
  ACTIVATION_VALUE: needs('Activation skill', ['ACTIVATION_SKILL']),
  ALLEGIANCE_RANK: needs('Allegiance rank', ['ALLEGIANCE_RANK']),
  DAMAGE_RATING: rating('Damage rating', 'damage'),
  DAMAGE_RESIST_RATING: rating('Damage resist rating', 'damageResist'),
  CRIT_RATING: rating('Critical rating', 'crit'),
  CRIT_RESIST_RATING: rating('Critical resist rating', 'critResist'),
  CRIT_DAMAGE_RATING: rating('Critical damage rating', 'critDamage'),
  CRIT_DAMAGE_RESIST_RATING: rating('Critical damage resist rating', 'critDamageResist'),
  HEAL_BOOST_RATING: rating('Healing boost', 'healBoost'),
  VITALITY_RATING: rating('Vitality', 'vitality'),
  TOTAL_RATING: rating('All ratings', 'total'),
  TIER: { name: 'Cantrip tier', falling: true },
  SPELLS: { name: 'Spells', falling: true, figure: (item) => item.spells.length },
  SPELLCRAFT: { name: 'Spellcraft', falling: true, figure: (item) => item.spellcraft },
  MANA: { name: 'Mana left', falling: true, figure: (item) => item.mana?.current },
  MAX_MANA: { name: 'Mana at most', falling: true, figure: (item) => item.mana?.max },
}
