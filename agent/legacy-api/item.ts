// An item as the original's inventory service wrote it: snake case, without what the item does not have.
import { z } from 'zod'
import type { ItemSlot } from '../../shared/world/dereth/item-slots.ts'
import { isoformat, moment } from './moment.ts'
import { slotName } from './search-fields.ts'

export interface Item {
  gameId: number
  name: string | null
  objectClass: number | null
  icon: number | null
  containerId: number | null
  wieldedLocation: number | null
  stack: number | null
  value: number | null
  burden: number | null
  armorLevel: number | null
  workmanship: number | null
  material: number | null
  setId: number | null
  tinks: number | null
  appraised: boolean
  intValues: Record<string, number>
  doubleValues: Record<string, number>
  boolValues: Record<string, boolean>
  stringValues: Record<string, string>
  spells: number[]
  activeSpells: number[]
  changedAt: string
  objectClassName: string | null
  materialName: string | null
  setName: string | null
  slots: ItemSlot[]
  baseArmorLevel: number | null
  boundSpells: { name: string }[]
}

/** An item that a search found. */
export interface Found extends Item {
  character: { name: string } | null
  wornAt: ItemSlot[]
  combat: { maxDamage: number | null } | null
}

// The game's keys, with the large ones of Decal's own.
const INTS = {
  item_type: '1',
  items_capacity: '6',
  current_mana: '107',
  max_mana: '108',
  lore_requirement: '109',
  imbue: '179',
  equip_skill: '218103840',
  max_damage: '218103842',
  mastery: '353',
  elemental_damage_bonus: '204',
  damage_rating: '370',
  damage_resist_rating: '371',
  crit_rating: '372',
  crit_resist_rating: '373',
  crit_damage_rating: '374',
  crit_damage_resist_rating: '375',
  heal_boost_rating: '376',
  vitality_rating: '379',
  wcid: '218103808',
  coverage_mask: '218103821',
  equippable_slots: '218103822',
} as const
const DOUBLES = {
  variance: '167772171',
  attack_bonus: '167772172',
  damage_bonus: '167772174',
  melee_defense_bonus: '29',
  magic_defense_bonus: '150',
  missile_defense_bonus: '149',
  mana_conversion_bonus: '144',
  elemental_damage_vs_monsters: '152',
} as const
const WIELD_REQUIREMENT = { kind: '158', skill: '159', value: '160' }
const LEVEL = { kind: 7, skill: 1 }

const number = z.number().optional()
const numbers = <K extends string>(keys: Record<K, string>) =>
  Object.fromEntries(Object.keys(keys).map((key) => [key, number])) as Record<K, typeof number>

export const item = z
  .object({
    item_id: z.number().describe('The game’s id, without a sign.'),
    name: z.string().optional(),
    object_class: number,
    icon: number,
    container_id: z.number().describe('The container’s id; 0 for the body.').optional(),
    current_wielded_location: z.number().describe('Mask of the places it is worn at; 0 for none.'),
    stack_count: number,
    value: number,
    burden: number,
    armor_level: number,
    workmanship: number,
    material_id: number,
    item_set_id: number,
    tinks: number,
    wield_level: number,
    skill_level: number,
    has_id_data: z.boolean().describe('Whether it was appraised.'),
    object_class_name: z.string().optional(),
    material_name: z.string().optional(),
    item_set: z.string().describe('The set’s name.').optional(),
    slot_name: z.string().describe('Where it could be worn: `Chest, Abdomen`.').optional(),
    base_armor_level: number.describe('Armor level without the spells upon it, its own counted.'),
    spell_names: z.array(z.string()).describe('The spells it carries by name.'),
    spells: z.array(z.number()).describe('Ids of the spells it carries.'),
    active_spells: z.array(z.number()).describe('Ids of the spells upon it.'),
    last_updated: moment,
  })
  .extend(numbers(INTS))
  .extend(numbers(DOUBLES))

/** -1 stands for none. */
const present = (value: number | null | undefined): number | undefined =>
  value == null || value === -1 ? undefined : value

const picked = (bag: Record<string, number>, keys: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(keys).flatMap(([name, key]) => {
      const value = present(bag[key])
      return value === undefined ? [] : [[name, value]]
    }),
  )

function required(ints: Record<string, number>): { wield_level?: number; skill_level?: number } {
  const value = present(ints[WIELD_REQUIREMENT.value])
  if (value === undefined) return {}
  const isLevel = ints[WIELD_REQUIREMENT.kind] === LEVEL.kind && ints[WIELD_REQUIREMENT.skill] === LEVEL.skill
  return isLevel ? { wield_level: value } : { skill_level: value }
}

/** The item in the original's words. */
export function itemOf(given: Item): z.input<typeof item> {
  const reported = {
    name: given.name ?? undefined,
    object_class: present(given.objectClass),
    icon: present(given.icon),
    container_id: given.containerId ?? undefined,
    stack_count: present(given.stack),
    value: present(given.value),
    burden: present(given.burden),
    armor_level: present(given.armorLevel),
    workmanship: present(given.workmanship),
    material_id: present(given.material),
    item_set_id: present(given.setId),
    tinks: present(given.tinks),
    object_class_name: given.objectClassName ?? undefined,
    material_name: given.materialName ?? undefined,
    item_set: given.setName ?? undefined,
    slot_name: slotName(given.slots),
    base_armor_level: present(given.baseArmorLevel),
  }
  return {
    item_id: given.gameId,
    ...Object.fromEntries(Object.entries(reported).filter(([, value]) => value !== undefined)),
    current_wielded_location: given.wieldedLocation ?? 0,
    ...picked(given.intValues, INTS),
    ...picked(given.doubleValues, DOUBLES),
    ...required(given.intValues),
    has_id_data: given.appraised,
    spell_names: given.boundSpells.map(({ name }) => name),
    spells: given.spells,
    active_spells: given.activeSpells,
    last_updated: isoformat(given.changedAt),
  }
}

/** An item that a search found, in the original's words. */
export const foundItem = item.extend({ character_name: z.string().optional(), is_equipped: z.boolean() })
export const foundOf = (given: Found): z.input<typeof foundItem> => ({
  ...itemOf(given),
  ...(given.character ? { character_name: given.character.name } : {}),
  is_equipped: given.wieldedLocation !== null,
})

const INT32 = 2_147_483_647
/** As the plugin counts ids: with a sign. */
export const signed = (id: number): number => (id > INT32 ? id - 4_294_967_296 : id)

/** The item as the plugin tells it. */
export const itemFrame = (given: Item): Record<string, unknown> => ({
  Id: signed(given.gameId),
  ObjectClass: given.objectClass ?? 0,
  HasIdData: given.appraised,
  ContainerId: given.containerId === null ? 0 : signed(given.containerId),
  Name: given.name,
  ArmorLevel: given.armorLevel ?? -1,
  Workmanship: given.workmanship ?? -1,
  Tinks: given.tinks ?? -1,
  Value: given.value ?? -1,
  Burden: given.burden ?? -1,
  CurrentWieldedLocation: given.wieldedLocation ?? 0,
  BoolValues: given.boolValues,
  DoubleValues: given.doubleValues,
  IntValues: given.intValues,
  StringValues: given.stringValues,
  ActiveSpells: given.activeSpells,
  Spells: given.spells,
})
