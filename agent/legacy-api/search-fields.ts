import type { Imbue, SortDirection } from '../graph/generated/types.ts'
// What the searches of the original's inventory service took, and what the graph calls it.
import { z } from 'zod'
import { equipmentSets, setId } from '../../shared/world/dereth/equipment-sets.ts'
import { ITEM_SLOTS, slotsOf, type ItemSlot } from '../../shared/world/dereth/item-slots.ts'
import { materialId } from '../../shared/world/dereth/materials.ts'
import { Refusal } from './ask.ts'
import { wholeNumber } from './endpoint.ts'

/** The original's words for slots; what has none is called as the graph calls it. */
const SLOT_WORDS: Readonly<Record<string, readonly ItemSlot[]>> = {
  Head: ['HEAD'],
  Chest: ['CHEST'],
  Abdomen: ['ABDOMEN'],
  'Upper Arms': ['UPPER_ARMS'],
  'Lower Arms': ['LOWER_ARMS'],
  Hands: ['HANDS'],
  'Upper Legs': ['UPPER_LEGS'],
  'Lower Legs': ['LOWER_LEGS'],
  Feet: ['FEET'],
  Shirt: ['SHIRT', 'UNDERWEAR_UPPER_ARMS', 'UNDERWEAR_LOWER_ARMS'],
  Pants: ['PANTS', 'UNDERWEAR_LOWER_LEGS', 'UNDERWEAR_ABDOMEN'],
  Neck: ['NECK'],
  Bracelet: ['LEFT_WRIST', 'RIGHT_WRIST'],
  Ring: ['LEFT_FINGER', 'RIGHT_FINGER'],
  Trinket: ['TRINKET'],
  Cloak: ['CLOAK'],
  Shield: ['SHIELD'],
  'Melee Weapon': ['MELEE_WEAPON'],
  'Missile Weapon': ['MISSILE_WEAPON'],
  Wand: ['HELD'],
  'Two-Handed': ['TWO_HANDED'],
  Ammunition: ['AMMUNITION'],
  'Blue Aetheria': ['BLUE_AETHERIA'],
  'Yellow Aetheria': ['YELLOW_AETHERIA'],
  'Red Aetheria': ['RED_AETHERIA'],
}
const words = Object.entries(SLOT_WORDS)
/** Slots of loot armor. */
const ARMOR: readonly ItemSlot[] = [
  'HEAD',
  'CHEST',
  'ABDOMEN',
  'UPPER_ARMS',
  'LOWER_ARMS',
  'HANDS',
  'UPPER_LEGS',
  'LOWER_LEGS',
  'FEET',
]

/** Slots in the original's words: `Chest, Abdomen`; undefined for what is worn nowhere. */
export function slotName(slots: readonly ItemSlot[]): string | undefined {
  const found = words.filter(([, meant]) => meant.some((slot) => slots.includes(slot))).map(([word]) => word)
  return found.length ? found.join(', ') : undefined
}

/** The slots that a word, a mask or a name of the graph's means. Refuses what means none. */
export function slotsMeant(text: string): ItemSlot[] {
  const wanted = text.trim().toLowerCase()
  if (/^\d{1,10}$/.test(wanted) && slotsOf(Number(wanted)).length) return [...slotsOf(Number(wanted))]
  const found =
    words.find(([word]) => word.toLowerCase() === wanted)?.[1] ??
    ITEM_SLOTS.filter((slot) => slot.toLowerCase() === wanted)
  if (!found.length)
    throw new Refusal(
      'BAD_USER_INPUT',
      `There is no slot “${text.slice(0, 40)}”; there are ${words.map(([word]) => word).join(', ')}.`,
    )
  return [...found]
}

const MAX_ENTRIES = 50
/** Entries of a list in an address. Sets' names may hold commas themselves. */
const entriesOf = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean)
    .slice(0, MAX_ENTRIES + 1)

function numbersMeant(list: string, what: string, meant: (name: string) => number | null): number[] {
  const entries = meant(list) === null ? entriesOf(list) : [list]
  return entries.map((entry) => {
    const id = /^\d{1,9}$/.test(entry) ? Number(entry) : meant(entry)
    if (id === null) throw new Refusal('BAD_USER_INPUT', `There is no ${what} “${entry.slice(0, 60)}”.`)
    return id
  })
}
/** The numbers of sets by name or number; of names that several sets share, all. */
const setsMeant = (list: string): number[] =>
  numbersMeant(list, 'set', setId).flatMap((id) => {
    const name = equipmentSets[id - 1]?.name
    return name === undefined ? [id] : equipmentSets.filter((set) => set.name === name).map((set) => set.id)
  })
const materialsMeant = (list: string): number[] => numbersMeant(list, 'material', materialId)

const flag = (says: string) => z.enum(['true', 'false', '1', '0'], 'must be true or false').optional().describe(says)
const isOn = (word: string | undefined): boolean => word === 'true' || word === '1'
const text = (says: string, most = 200) =>
  z.string().max(most, `has at most ${most} characters`).optional().describe(says)
const INT = 2_147_483_647
const figure = (says: string) => {
  const bounds = 'must be a whole number'
  return z.coerce.number(bounds).int(bounds).min(-INT, bounds).max(INT, bounds).optional().describe(says)
}

/** What lists are ordered by, in the original's words. */
const SORTS = {
  name: 'NAME',
  value: 'VALUE',
  burden: 'BURDEN',
  armor: 'ARMOR_LEVEL',
  armor_level: 'ARMOR_LEVEL',
  base_armor_level: 'BASE_ARMOR_LEVEL',
  damage: 'MAX_DAMAGE',
  max_damage: 'MAX_DAMAGE',
  workmanship: 'WORKMANSHIP',
  tinks: 'TINKS',
  level: 'WIELD_LEVEL',
  wield_level: 'WIELD_LEVEL',
  damage_rating: 'DAMAGE_RATING',
  crit_damage_rating: 'CRIT_DAMAGE_RATING',
  heal_boost_rating: 'HEAL_BOOST_RATING',
  total_rating: 'TOTAL_RATING',
  spell_count: 'SPELLS',
  material: 'MATERIAL',
  item_set: 'SET',
  character_name: 'CHARACTER',
} as const
export type SortWord = keyof typeof SORTS

/** What a search takes, beside whose items. */
export const searchFields = z.object({
  text: text('Part of a name or an inscription.'),
  equipment_status: z
    .enum(['equipped', 'unequipped'], 'must be equipped or unequipped')
    .optional()
    .describe('Only worn, or only unworn items.'),
  equipment_slot: text('Only what could be worn there: a mask, or a word such as Chest.', 40),
  slot_names: text('The same, of several by commas: Ring,Bracelet,Neck,Trinket.'),
  armor_only: flag('Only what is worn as armor.'),
  jewelry_only: flag('Only jewelry.'),
  weapon_only: flag('Only weapons and wands.'),
  clothing_only: flag('Only clothing.'),
  shirt_only: flag('Only shirts.'),
  pants_only: flag('Only pants.'),
  item_set: text('A set by name or number.'),
  item_sets: text('Several sets by commas.', 2_000),
  material: text('Materials by name or number, by commas.', 1_000),
  spell_contains: text('Some bound spell’s name contains this.', 100),
  has_spell: text('The same.', 100),
  legendary_cantrips: text(
    'Legendary cantrips it must all have, by commas: Legendary Strength,Legendary Focus.',
    1_000,
  ),
  has_imbue: flag('Only what was imbued.'),
  min_armor: figure('Armor level at least.'),
  max_armor: figure('Armor level at most.'),
  min_damage: figure('Greatest damage at least.'),
  max_damage: figure('Greatest damage at most.'),
  min_workmanship: figure('Workmanship at least.'),
  max_workmanship: figure('Workmanship at most.'),
  min_tinks: figure('Tinkered at least so often.'),
  max_tinks: figure('Tinkered at most so often.'),
  min_level: figure('Asks for at least this level.'),
  max_level: figure('Asks for at most this level.'),
  min_value: figure('Value at least.'),
  max_value: figure('Value at most.'),
  max_burden: figure('Burden at most.'),
  min_damage_rating: figure('Damage rating at least.'),
  min_crit_damage_rating: figure('Critical damage rating at least.'),
  max_crit_damage_rating: figure('Critical damage rating at most.'),
  min_heal_boost_rating: figure('Healing boost rating at least.'),
  min_total_rating: figure('All ratings together at least.'),
  usable_by: text('Only what this character’s sheet meets the wield requirements of.', 64),
  sort_by: z
    .enum(Object.keys(SORTS) as [SortWord, ...SortWord[]], `must be one of ${Object.keys(SORTS).join(', ')}`)
    .default('name')
    .describe('The order.'),
  sort_dir: z.enum(['asc', 'desc'], 'must be asc or desc').default('asc').describe('Which way.'),
  page: wholeNumber('Which page, the first is 1.', 1, 1, 5_000),
  limit: wholeNumber('At most so many items a page.', 200, 1, 1_000),
})
export type SearchFields = z.output<typeof searchFields>

const ALL_IMBUES: Imbue[] = [
  'CRITICAL_STRIKE',
  'CRIPPLING_BLOW',
  'ARMOR_RENDING',
  'SLASH_RENDING',
  'PIERCE_RENDING',
  'BLUDGEON_RENDING',
  'ACID_RENDING',
  'COLD_RENDING',
  'ELECTRIC_RENDING',
  'FIRE_RENDING',
  'MELEE_DEFENSE',
  'MISSILE_DEFENSE',
  'MAGIC_DEFENSE',
  'HEMATITED',
  'NETHER_RENDING',
  'MAGIC_ABSORBING',
  'IGNORES_SOME_MAGIC_DEFENSE',
  'IGNORES_ARMOR',
]
const range = (min?: number, max?: number) => (min === undefined && max === undefined ? undefined : { min, max })

/** The same as the graph's ItemWhere and ItemOrder. */
export function graphSearch(asked: SearchFields, characters: string[] | undefined) {
  const kinds = [
    isOn(asked.jewelry_only) ? [4] : null,
    isOn(asked.weapon_only) ? [1, 9, 31] : null,
    isOn(asked.clothing_only) ? [3] : null,
  ].filter((classes) => classes !== null)
  const places = [
    isOn(asked.armor_only) ? ARMOR : null,
    isOn(asked.shirt_only) ? SLOT_WORDS['Shirt']! : null,
    isOn(asked.pants_only) ? (['PANTS', 'UNDERWEAR_LOWER_LEGS'] as const) : null,
    asked.equipment_slot === undefined ? null : slotsMeant(asked.equipment_slot),
    asked.slot_names === undefined ? null : entriesOf(asked.slot_names).flatMap(slotsMeant),
  ].filter((slots) => slots !== null)
  const sets = [asked.item_set, asked.item_sets].filter((list) => list !== undefined)
  const spells = [asked.spell_contains, asked.has_spell].filter((name) => name !== undefined).map((name) => ({ name }))
  const legendary = entriesOf(asked.legendary_cantrips ?? '').map((name) => ({ name, tier: 'LEGENDARY' }))
  if (places.length > 1 || kinds.length > 1)
    throw new Refusal('BAD_USER_INPUT', 'Of the slots and of the kinds only one can be asked for at once.')
  const all = [...spells, ...legendary]
  const where = {
    characters,
    text: asked.text,
    equipped: asked.equipment_status && asked.equipment_status === 'equipped',
    slots: places[0] && [...places[0]],
    objectClasses: kinds[0],
    sets: sets.length ? sets.flatMap(setsMeant) : undefined,
    materials: asked.material === undefined ? undefined : materialsMeant(asked.material),
    imbues: isOn(asked.has_imbue) ? ALL_IMBUES : undefined,
    armorLevel: range(asked.min_armor, asked.max_armor),
    maxDamage: range(asked.min_damage, asked.max_damage),
    workmanship: range(asked.min_workmanship, asked.max_workmanship),
    tinks: range(asked.min_tinks, asked.max_tinks),
    wieldLevel: range(asked.min_level, asked.max_level),
    value: range(asked.min_value, asked.max_value),
    burden: range(undefined, asked.max_burden),
    usableBy: asked.usable_by,
    spells: all.length ? { all } : undefined,
    ratings: {
      damage: range(asked.min_damage_rating),
      critDamage: range(asked.min_crit_damage_rating, asked.max_crit_damage_rating),
      healBoost: range(asked.min_heal_boost_rating),
      total: range(asked.min_total_rating),
    },
  }
  const direction: SortDirection = asked.sort_dir === 'asc' ? 'ASC' : 'DESC'
  return { where, orderBy: { by: SORTS[asked.sort_by], direction } }
}
