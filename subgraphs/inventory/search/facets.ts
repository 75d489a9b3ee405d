import type { Pool } from '../../../shared/db/pool.ts'
import { setName } from '../../../shared/world/equipment-sets.ts'
import { slotLabel, slotsOf } from '../../../shared/world/item-slots.ts'
import { materialName } from '../../../shared/world/materials.ts'
import { objectClassName } from '../../../shared/world/object-class.ts'
import { tierOfRank } from '../../../shared/world/spells.ts'
import type { ItemFacet } from '../generated/resolvers.ts'
import type { Search } from './store.ts'
import { Values } from './sql.ts'
import type { Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

/** How many items have what. */
export interface Facets {
  characters: ItemFacet[]
  objectClasses: ItemFacet[]
  sets: ItemFacet[]
  materials: ItemFacet[]
  slots: ItemFacet[]
  tiers: ItemFacet[]
}

/** Bits of `grouping()`, the first column's the highest: a bit that is not set says what a row counts. */
const COLUMNS = ['character_id', 'object_class', 'set_id', 'material', 'slots', 'tier'] as const
type Column = (typeof COLUMNS)[number]
const ALL = 2 ** COLUMNS.length - 1
const columnOf = new Map<number, Column>(COLUMNS.map((name, nth) => [ALL - 2 ** (COLUMNS.length - 1 - nth), name]))
const MOST = 500

interface Counted {
  of: number
  key: number | null
  name: string | null
  owner: string | null
  count: number
}

/**
 * How the items that match are made up: all counts in one pass.
 * @param names of the characters to count each for itself; null counts all together, under the empty name
 */
export async function facetsOf(
  pool: Pool,
  names: readonly string[] | null,
  where: Search['where'],
  abilities: Abilities | null,
): Promise<Map<string, Facets>> {
  const values = new Values()
  const whose = names && values.put(names, 'text[]')
  const owner = names ? 'f.owner, ' : ''
  const from = names
    ? `(select f.*, c.name as owner from item_facts f join characters c on c.id = f.character_id where c.name = any(${whose}))`
    : 'item_facts'
  const condition = conditionOf(where, values, abilities)
  const columns = COLUMNS.map((name) => `f.${name}`)
  const { rows } = await pool.query<Counted>(
    `select g.*, c.name from (
       select grouping(${columns.join(', ')}) as of, ${names ? 'f.owner' : "'' as owner"}, coalesce(${columns.join(', ')}) as key, f.character_id, count(*)
       from ${from} f where ${condition} group by grouping sets (${columns.map((column) => `(${owner}${column})`).join(', ')})
     ) g left join characters c on c.id = g.character_id where g.key is not null`,
    values.all,
  )
  const found = new Map<string, Facets>()
  for (const name of names ?? ['']) found.set(name, made(rows.filter((row) => row.owner === name)))
  return found
}

function made(rows: readonly Counted[]): Facets {
  const of = (column: Column) => rows.filter((row) => columnOf.get(row.of) === column)
  const named = (column: Column, nameOf: (key: number) => string) =>
    sorted(of(column).map(({ key, count }) => ({ key: String(key), name: nameOf(key!), count })))
  const slots = new Map<string, ItemFacet>()
  for (const { key, count } of of('slots'))
    for (const slot of slotsOf(key)) {
      const there = slots.get(slot)
      if (there) there.count += count
      else slots.set(slot, { key: slot, name: slotLabel(slot), count })
    }
  return {
    characters: sorted(of('character_id').map(({ name, count }) => ({ key: name ?? '', name: name ?? '', count }))),
    objectClasses: named('object_class', objectClassName),
    sets: named('set_id', setName),
    materials: named('material', materialName),
    slots: sorted([...slots.values()]),
    tiers: sorted(
      of('tier').map(({ key, count }) => {
        const tier = tierOfRank(key!)!
        return { key: tier, name: tier[0] + tier.slice(1).toLowerCase(), count }
      }),
    ),
  }
}

const sorted = (facets: ItemFacet[]): ItemFacet[] =>
  facets.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, MOST)
