import { damageTypesOf } from '../../../shared/world/dereth/item-flags.ts'
import { baseFigure, type Enchanted } from '../../../shared/world/dereth/enchantments.ts'
import { skillName } from '../../../shared/world/dereth/skills.ts'
import type { Context } from '../context.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { idOf, type ItemRow } from '../item/store.ts'

/** A figure without what lay upon the item when it was appraised. */
async function base(figure: Enchanted, value: number | null, item: ItemRow, { load }: Context) {
  return value === null
    ? null
    : baseFigure(figure, value, (await load.reported.load(idOf(item))).activeSpells, item.spells)
}

export const figureResolvers: Resolvers = {
  ItemCombat: {
    damageTypes: ({ damageFlags }) => damageTypesOf(damageFlags),
    minDamage: ({ maxDamage, variance }) =>
      maxDamage === null || variance === null ? null : Math.round(maxDamage * (1 - variance) * 100) / 100,
    skillName: ({ skill }) => (skill === null ? null : skillName(skill)),
    baseMaxDamage: (item, _, context) => base('maxDamage', item.maxDamage, item, context),
    baseAttackBonus: (item, _, context) => base('attackBonus', item.attackBonus, item, context),
    baseMeleeDefense: (item, _, context) => base('meleeDefense', item.meleeDefense, item, context),
    baseElementalDamageVersusMonsters: (item, _, context) =>
      base('elementalDamage', item.elementalDamageVersusMonsters, item, context),
  },
}
