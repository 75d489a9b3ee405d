import { characterId } from '../../../shared/contract/character-id.ts'
import { setKind, setName } from '../../../shared/world/dereth/equipment-sets.ts'
import { imbuesOf } from '../../../shared/world/dereth/item-flags.ts'
import { slotsOf } from '../../../shared/world/dereth/item-slots.ts'
import { materialName } from '../../../shared/world/dereth/materials.ts'
import { objectClassName } from '../../../shared/world/dereth/object-class.ts'
import { tierOfRank } from '../../../shared/world/dereth/spells.ts'
import type { Context } from '../context.ts'
import { manaOf, requirementsOf, spellsOf } from '../figures/decode.ts'
import type { Resolvers } from '../generated/resolvers.ts'
import { idOf, type ItemRow } from './store.ts'

const MAX_SPELLS = 1_000
/** Added to a picture's number where the game's files are meant. */
const ICON_FILES = 0x06000000

const reportedOf = (item: ItemRow, { load }: Context) => load.reported.load(idOf(item))
const named = (id: number | null, nameOf: (id: number) => string) => (id === null ? null : nameOf(id))
const doesFight = (item: ItemRow): boolean =>
  item.maxDamage !== null ||
  item.skill !== null ||
  item.meleeDefense !== null ||
  item.missileDefense !== null ||
  item.magicDefense !== null ||
  item.attackBonus !== null ||
  item.damageBonus !== null ||
  item.elementalDamageVersusMonsters !== null

export const itemResolvers: Resolvers = {
  Query: { item: (_, { id }, { load }) => load.item.load(id) },
  Character: {
    __resolveReference: ({ name }) => ({ name }),
    id: ({ name }) => characterId(name),
    inventory: ({ name }, _, { load }) => load.inventory.load(name),
  },
  Item: {
    __resolveReference: ({ id }, { load }) => load.item.load(id),
    id: idOf,
    character: ({ owner }) => (owner === null ? null : { name: owner }),
    fullName: ({ name, material }) =>
      name === null ? null : material === null ? name : `${materialName(material)} ${name}`,
    objectClassName: ({ objectClass }) => named(objectClass, objectClassName),
    iconId: ({ icon }) => (icon === null || icon >= ICON_FILES || icon < 0 ? icon : icon + ICON_FILES),
    materialName: ({ material }) => named(material, materialName),
    setName: ({ setId }) => named(setId, setName),
    setKind: ({ setId }) => (setId === null ? null : setKind(setId)),
    slots: ({ slotMask }) => slotsOf(slotMask),
    wornAt: ({ wieldedLocation }) => slotsOf(wieldedLocation),
    equipped: ({ wieldedLocation }) => wieldedLocation !== null,
    imbues: ({ imbueFlags }) => imbuesOf(imbueFlags),
    tier: ({ tierRank }) => named(tierRank, tierOfRank as (rank: number) => string) as ReturnType<typeof tierOfRank>,
    requirements: requirementsOf,
    ratings: (item) => ({
      damage: item.damageRating,
      damageResist: item.damageResistRating,
      crit: item.critRating,
      critResist: item.critResistRating,
      critDamage: item.critDamageRating,
      critDamageResist: item.critDamageResistRating,
      healBoost: item.healBoostRating,
      vitality: item.vitalityRating,
      total: item.totalRating,
    }),
    combat: (item) => (doesFight(item) ? item : null),
    mana: async (item, _, context) => manaOf(item.maxMana, await reportedOf(item, context)),
    spells: ({ spells }) => spells.slice(0, MAX_SPELLS),
    boundSpells: async (item, _, context) =>
      item.spells.length === 0
        ? []
        : spellsOf(item.spells.slice(0, MAX_SPELLS), (await reportedOf(item, context)).activeSpells),
    activeSpells: async (item, _, context) => (await reportedOf(item, context)).activeSpells.slice(0, MAX_SPELLS),
    appraisedAt: async (item, _, context) => (await reportedOf(item, context)).appraisedAt,
    intValues: async (item, _, context) => (await reportedOf(item, context)).intValues,
    doubleValues: async (item, _, context) => (await reportedOf(item, context)).doubleValues,
    boolValues: async (item, _, context) => (await reportedOf(item, context)).boolValues,
    stringValues: async (item, _, context) => (await reportedOf(item, context)).stringValues,
    changedAt: async (item, _, context) => (await reportedOf(item, context)).changedAt,
  },
}
