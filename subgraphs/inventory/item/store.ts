import DataLoader from 'dataloader'
import { kept, type Pool } from '../../../shared/db/pool.ts'

export interface CharacterRef {
  name: string
}

export interface InventoryRow {
  character: string
  itemCount: number
  burden: number
  value: number
  fullAt: string | null
  staleSince: string | null
  changedAt: string
}

/** Columns of `item_facts` by their names here. */
const COLUMNS = {
  server: 'server',
  gameId: 'game_id',
  containerId: 'container_id',
  wieldedLocation: 'wielded_location',
  name: 'name',
  inscription: 'inscription',
  objectClass: 'object_class',
  icon: 'icon',
  stack: 'stack',
  value: 'value',
  burden: 'burden',
  capacity: 'capacity',
  slotMask: 'slots',
  coverage: 'coverage',
  appraised: 'appraised',
  material: 'material',
  setId: 'set_id',
  workmanship: 'workmanship',
  tinks: 'tinks',
  imbueFlags: 'imbues',
  maxLevel: 'item_max_level',
  armorLevel: 'armor_level',
  baseArmorLevel: 'base_armor_level',
  maxDamage: 'max_damage',
  variance: 'damage_variance',
  damageFlags: 'damage_types',
  damageBonus: 'damage_bonus',
  attackBonus: 'attack_bonus',
  elementalDamage: 'elemental_damage',
  elementalDamageVersusMonsters: 'elemental_damage_vs_monsters',
  meleeDefense: 'melee_defense',
  missileDefense: 'missile_defense',
  magicDefense: 'magic_defense',
  manaConversion: 'mana_conversion',
  speed: 'weapon_speed',
  skill: 'weapon_skill',
  mastery: 'mastery',
  wieldKind: 'wield_kind',
  wieldWhat: 'wield_what',
  wieldValue: 'wield_value',
  wield2Kind: 'wield2_kind',
  wield2What: 'wield2_what',
  wield2Value: 'wield2_value',
  lore: 'lore',
  activationSkill: 'activation_skill',
  activationValue: 'activation_value',
  allegianceRank: 'allegiance_rank',
  heritage: 'heritage',
  damageRating: 'damage_rating',
  damageResistRating: 'damage_resist_rating',
  critRating: 'crit_rating',
  critResistRating: 'crit_resist_rating',
  critDamageRating: 'crit_damage_rating',
  critDamageResistRating: 'crit_damage_resist_rating',
  healBoostRating: 'heal_boost_rating',
  vitalityRating: 'vitality_rating',
  totalRating: 'total_rating',
  spells: 'spells',
  tierRank: 'tier',
  spellcraft: 'spellcraft',
  maxMana: 'max_mana',
} as const

type Text = 'server' | 'name' | 'inscription'
type Always = 'server' | 'gameId' | 'appraised' | 'spells'
type Column<K> = K extends Text ? string : K extends 'appraised' ? boolean : K extends 'spells' ? number[] : number

/** A decoded item; unknown or absent values are null. */
export type ItemRow = { [K in keyof typeof COLUMNS]: K extends Always ? Column<K> : Column<K> | null } & {
  owner: string | null
}

/** The columns of an ItemRow, of `item_facts f` and `characters c`. */
export const ITEM_COLUMNS = `c.name as owner, ${Object.entries(COLUMNS)
  .map(([name, column]) => `f.${column} as "${name}"`)
  .join(', ')}`

/** An item's id in the graph. */
export const idOf = ({ server, gameId }: { server: string; gameId: number }): string => `${server}:${gameId}`

/** Parses `Server:gameId`; null if it is invalid. */
export function readId(id: string): { server: string; gameId: number } | null {
  const split = id.lastIndexOf(':')
  const gameId = id.slice(split + 1)
  if (split < 1 || !/^\d{1,10}$/.test(gameId)) return null
  return { server: id.slice(0, split), gameId: Number(gameId) }
}

export function inventoryLoader(pool: Pool) {
  return new DataLoader<string, InventoryRow | null>(async (names) => {
    const { rows } = await pool.query<InventoryRow>(
      kept(
        `select c.name as character, v.full_at as "fullAt", v.changed_at as "changedAt",
          v.stale_at as "staleSince", held.count as "itemCount", held.burden, held.value
         from inventories v join characters c on c.id = v.character_id
          cross join lateral (select count(*), coalesce(sum(f.burden), 0)::bigint as burden,
              coalesce(sum(f.value), 0)::bigint as value
            from item_facts f where f.character_id = c.id) held -- by index for each: a third of one grouping of all
         where c.name = any($1)`,
        [names],
      ),
    )
    const byName = new Map(rows.map((row) => [row.character, row]))
    return names.map((name) => byName.get(name) ?? null)
  })
}

/** Items by `Server:gameId`, held or not; null for one never seen. */
export function itemLoader(pool: Pool) {
  return new DataLoader<string, ItemRow | null>(async (ids) => {
    const keys = ids.map(readId)
    const known = keys.filter((key) => key !== null)
    const { rows } = await pool.query<ItemRow>(
      `select ${ITEM_COLUMNS} from unnest($1::text[], $2::bigint[]) as k(server, game_id)
        join item_facts f using (server, game_id)
       left join characters c on c.id = f.character_id`,
      [known.map((key) => key.server), known.map((key) => key.gameId)],
    )
    const byId = new Map(rows.map((row) => [idOf(row), row]))
    return keys.map((key) => (key && byId.get(idOf(key))) ?? null)
  })
}

/** The reported properties of an item, unchanged. */
export interface ReportedRow {
  id: string
  intValues: Record<string, number>
  doubleValues: Record<string, number>
  boolValues: Record<string, boolean>
  stringValues: Record<string, string>
  activeSpells: number[]
  appraisedAt: string | null
  changedAt: string
}

/** Reported properties of items, by `Server:gameId`: read only when requested. */
export function reportedLoader(pool: Pool) {
  return new DataLoader<string, ReportedRow>(async (ids) => {
    const keys = ids.map((id) => readId(id)!)
    const { rows } = await pool.query<ReportedRow>(
      `select server || ':' || game_id as id, int_values as "intValues", double_values as "doubleValues",
        bool_values as "boolValues",
         string_values as "stringValues", active_spells as "activeSpells", appraised_at as "appraisedAt",
         changed_at as "changedAt"
       from unnest($1::text[], $2::bigint[]) as k(server, game_id) join items using (server, game_id)`,
      [keys.map((key) => key.server), keys.map((key) => key.gameId)],
    )
    const byId = new Map(rows.map((row) => [row.id, row]))
    return ids.map((id) => byId.get(id) ?? new Error('An item went while it was read'))
  })
}
