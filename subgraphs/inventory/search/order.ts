import { fault } from '../../../shared/errors.ts'
import type { ItemOrder, ItemSort, SortDirection } from '../generated/resolvers.ts'
import type { Values } from './sql.ts'

interface Sort {
  column: string
  type: 'text' | 'bigint' | 'int' | 'real'
  /** It has a figure for every item. */
  always?: true
  /** The database keeps an index in this order. */
  indexed?: true
}
const whole = (column: string): Sort => ({ column, type: 'int' })
const kept = (column: string): Sort => ({ column, type: 'int', indexed: true })
/** What `real` can hold: anything beyond would be an error of the database. */
export const asReal = (value: number): number => (Math.abs(value) < 1e-37 ? 0 : Math.max(-3e38, Math.min(3e38, value)))
const fraction = (column: string): Sort => ({ column, type: 'real' })

/** The level that either of its requirements asks for. */
export const WIELD_LEVEL = 'case 7 when f.wield_kind then f.wield_value when f.wield2_kind then f.wield2_value end'

const SORTS: Readonly<Record<ItemSort, Sort>> = {
  NAME: { column: "coalesce(f.name, '')", type: 'text', always: true, indexed: true },
  CHARACTER: { column: '(select s.name from characters s where s.id = f.character_id)', type: 'text' },
  OBJECT_CLASS: whole('f.object_class'),
  VALUE: kept('f.value'),
  BURDEN: kept('f.burden'),
  STACK: whole('f.stack'),
  CAPACITY: whole('f.capacity'),
  MATERIAL: whole('f.material'),
  SET: whole('f.set_id'),
  WORKMANSHIP: { ...fraction('f.workmanship'), indexed: true },
  TINKS: whole('f.tinks'),
  MAX_LEVEL: whole('f.item_max_level'),
  ARMOR_LEVEL: kept('f.armor_level'),
  BASE_ARMOR_LEVEL: kept('f.base_armor_level'),
  MAX_DAMAGE: kept('f.max_damage'),
  VARIANCE: fraction('f.damage_variance'),
  DAMAGE_BONUS: fraction('f.damage_bonus'),
  ELEMENTAL_DAMAGE: whole('f.elemental_damage'),
  ELEMENTAL_DAMAGE_VERSUS_MONSTERS: fraction('f.elemental_damage_vs_monsters'),
  ATTACK_BONUS: fraction('f.attack_bonus'),
  MELEE_DEFENSE: fraction('f.melee_defense'),
  MISSILE_DEFENSE: fraction('f.missile_defense'),
  MAGIC_DEFENSE: fraction('f.magic_defense'),
  MANA_CONVERSION: fraction('f.mana_conversion'),
  SPEED: whole('f.weapon_speed'),
  WIELD_LEVEL: whole(WIELD_LEVEL),
  WIELD_VALUE: whole('f.wield_value'),
  LORE: whole('f.lore'),
  ACTIVATION_VALUE: whole('f.activation_value'),
  ALLEGIANCE_RANK: whole('f.allegiance_rank'),
  DAMAGE_RATING: whole('f.damage_rating'),
  DAMAGE_RESIST_RATING: whole('f.damage_resist_rating'),
  CRIT_RATING: whole('f.crit_rating'),
  CRIT_RESIST_RATING: whole('f.crit_resist_rating'),
  CRIT_DAMAGE_RATING: whole('f.crit_damage_rating'),
  CRIT_DAMAGE_RESIST_RATING: whole('f.crit_damage_resist_rating'),
  HEAL_BOOST_RATING: whole('f.heal_boost_rating'),
  VITALITY_RATING: whole('f.vitality_rating'),
  TOTAL_RATING: kept('f.total_rating'),
  TIER: kept('f.tier'),
  SPELLS: whole('cardinality(f.spells)'),
  SPELLCRAFT: whole('f.spellcraft'),
  // Mana burns all the time, so it is only in the reported data.
  MANA: whole(
    "(select item_int(i.int_values, '107') from items i where i.server = f.server and i.game_id = f.game_id)",
  ),
  MAX_MANA: whole('f.max_mana'),
}

/** How a list runs. */
export interface Order {
  by: ItemSort
  direction: SortDirection
}
export const orderOf = (order: ItemOrder | null | undefined): Order => ({
  by: order?.by ?? 'NAME',
  direction: order?.direction ?? 'ASC',
})

/** The figure that a list is ordered by, as a column. */
export const sortColumn = ({ by }: Order): string => SORTS[by].column

/**
 * `order by` of a list over `f`. What has no figure comes after all that has one, so that an index of the figure gives
 * the order.
 * @param key the figure when it has a name already
 */
export const orderBy = (order: Order, key = SORTS[order.by].column): string => `order by ${along(order, key, 'f')}`

/**
 * `order by` of a list with `rows` that have their figure by this name. Those without one come last in either
 * direction.
 */
export const placed = (order: Order, rows: string): string =>
  `order by ${rows}.figure is null, ${along(order, `${rows}.figure`, rows)}`

const along = ({ direction }: Order, key: string, rows: string): string =>
  [key, `${rows}.server`, `${rows}.game_id`].map((column) => `${column} ${direction}`).join(', ')

/** Whether every item has the figure. */
export const isWhole = ({ by }: Order): boolean => SORTS[by].always === true

/** Whether the database can follow the order without sorting everything. */
export const isIndexed = ({ by }: Order): boolean => SORTS[by].indexed === true

/** Where a row stands in a list: the order, its figure or null, and its id. */
export type Place = [by: string, direction: string, figure: string | number | null, server: string, gameId: number]

/** What comes after a place among those that have a figure, or that have none as it has none; a condition on `f`. */
export function isAfter(order: Order, place: Place, values: Values, column = SORTS[order.by].column): string {
  const [, , figure, server, gameId] = place
  const { type } = SORTS[order.by]
  const beyond = order.direction === 'ASC' ? '>' : '<'
  const id = `${values.put(server, 'text')}, ${values.put(gameId, 'bigint')}`
  if (figure === null) return `(f.server, f.game_id) ${beyond} (${id})`
  const at = values.put(type === 'real' ? asReal(figure as number) : figure, type)
  return `(${column}, f.server, f.game_id) ${beyond} (${at}, ${id})`
}

/**
 * What comes after a place in the whole list of rows `f` that have their figure by this name; those without one come
 * last.
 */
export function isBeyond(order: Order, place: Place, values: Values): string {
  const after = isAfter(order, place, values, 'f.figure')
  return place[2] === null ? `f.figure is null and ${after}` : `(f.figure is null or ${after})`
}

const isInteger = (value: unknown) => Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_648

/** Reads a cursor; null without one. Refuses what was never one of this order. */
export function readPlace(after: string | null | undefined, { by, direction }: Order): Place | null {
  if (after == null) return null
  try {
    const place = JSON.parse(Buffer.from(after, 'base64url').toString()) as Place
    const [givenBy, givenDirection, figure, server, gameId] = place
    const fits = figure === null || typeof figure === (SORTS[by].type === 'text' ? 'string' : 'number')
    const isText = typeof figure === 'string' && figure.includes('\0')
    const isId = typeof server === 'string' && !server.includes('\0') && Number.isSafeInteger(gameId)
    const isInt = SORTS[by].type !== 'int' || figure === null || isInteger(figure)
    if (place.length === 5 && givenBy === by && givenDirection === direction && fits && !isText && isId && isInt)
      return place
  } catch {
    // falls through to the one refusal below
  }
  throw fault('BAD_USER_INPUT', 'This cursor does not belong to this list and order. Leave `after` out to start again.')
}
