// What items can be ordered by, and where it stands in a row. What it is called is among the texts.
import type { ItemSort } from '../../generated/types.ts'
import type { FoundFiguresFragment } from './found-figures.fragment.gen.ts'

type Figures = FoundFiguresFragment
interface Sort {
  /** The figure to show beside each item; left out where a column of the list has it already. */
  figure?: (item: Figures) => string | number | null | undefined
  /** The greatest first when chosen. */
  falling?: true
}
const combat = (key: keyof NonNullable<Figures['combat']>): Sort => ({
  falling: true,
  figure: ({ combat }) => (typeof combat?.[key] === 'number' ? Math.round(combat[key] * 1000) / 1000 : null),
})
const rating = (key: keyof Figures['ratings']): Sort => ({
  falling: true,
  figure: ({ ratings }) => ratings[key],
})
const needs = (kinds: readonly string[]): Sort => ({
  figure: ({ requirements }) => requirements.find(({ kind }) => kinds.includes(kind))?.value,
})

export const sorts: Readonly<Record<ItemSort, Sort>> = {
  NAME: {},
  CHARACTER: {},
  OBJECT_CLASS: {
    figure: (item) => item.objectClassName,
  },
  VALUE: {
    falling: true,
  },
  BURDEN: {
    falling: true,
  },
  STACK: {
    falling: true,
  },
  CAPACITY: {
    falling: true,
    figure: (item) => item.capacity,
  },
  MATERIAL: {
    figure: (item) => item.materialName,
  },
  SET: {},
  WORKMANSHIP: {
    falling: true,
  },
  TINKS: {
    falling: true,
  },
  MAX_LEVEL: {
    falling: true,
    figure: (item) => item.maxLevel,
  },
  ARMOR_LEVEL: {
    falling: true,
  },
  BASE_ARMOR_LEVEL: {
    falling: true,
  },
  MAX_DAMAGE: combat('maxDamage'),
  VARIANCE: { ...combat('variance') },
  DAMAGE_BONUS: combat('damageBonus'),
  ELEMENTAL_DAMAGE: combat('elementalDamage'),
  ELEMENTAL_DAMAGE_VERSUS_MONSTERS: combat('elementalDamageVersusMonsters'),
  ATTACK_BONUS: combat('attackBonus'),
  MELEE_DEFENSE: combat('meleeDefense'),
  MISSILE_DEFENSE: combat('missileDefense'),
  MAGIC_DEFENSE: combat('magicDefense'),
  MANA_CONVERSION: combat('manaConversion'),
  SPEED: {
    figure: (item) => item.combat?.speed,
  },
  WIELD_LEVEL: needs(['LEVEL']),
  WIELD_VALUE: {
    figure: ({ requirements }) => requirements.find(({ kindId }) => kindId !== null)?.value,
  },
  LORE: needs(['LORE']),
  ACTIVATION_VALUE: needs(['ACTIVATION_SKILL']),
  ALLEGIANCE_RANK: needs(['ALLEGIANCE_RANK']),
  DAMAGE_RATING: rating('damage'),
  DAMAGE_RESIST_RATING: rating('damageResist'),
  CRIT_RATING: rating('crit'),
  CRIT_RESIST_RATING: rating('critResist'),
  CRIT_DAMAGE_RATING: rating('critDamage'),
  CRIT_DAMAGE_RESIST_RATING: rating('critDamageResist'),
  HEAL_BOOST_RATING: rating('healBoost'),
  VITALITY_RATING: rating('vitality'),
  TOTAL_RATING: rating('total'),
  TIER: {
    falling: true,
  },
  SPELLS: {
    falling: true,
    figure: (item) => item.spells.length,
  },
  SPELLCRAFT: {
    falling: true,
    figure: (item) => item.spellcraft,
  },
  MANA: {
    falling: true,
    figure: (item) => item.mana?.current,
  },
  MAX_MANA: {
    falling: true,
    figure: (item) => item.mana?.max,
  },
}
