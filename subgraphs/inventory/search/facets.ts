import type { Pool } from '../../../shared/db/pool.ts'
import { setName } from '../../../shared/world/dereth/equipment-sets.ts'
import { slotLabel, slotsOf } from '../../../shared/world/dereth/item-slots.ts'
import { materialName } from '../../../shared/world/dereth/materials.ts'
import { objectClassName } from '../../../shared/world/dereth/object-class.ts'
import { tierOfRank } from '../../../shared/world/dereth/spells.ts'
import type { ItemFacet } from '../generated/resolvers.ts'
import type { Search } from './store.ts'
import { inParts } from './sql.ts'
import type { Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

/** How many items there are, and how many of them have what. */
export interface Facets {
  total: number
  characters: ItemFacet[]
  objectClasses: ItemFacet[]
  sets: ItemFacet[]
  materials: ItemFacet[]
  slots: ItemFacet[]
  tiers: ItemFacet[]
}

/** Bits of `grouping()`, the first column's the highest: a bit that is not set says what a row counts. */
const COLUMNS = ['object_class', 'set_id', 'material', 'slots', 'tier'] as const
type Column = (typeof COLUMNS)[number]
const ALL = 2 ** COLUMNS.length - 1
const columnOf = new Map<number, Column>(COLUMNS.map((name, nth) => [ALL - 2 ** (COLUMNS.length - 1 - nth), name]))
const WHO = -1
const MAX_FACETS = 500

interface Counted {
  /** What the row counts by: bits of `grouping()`, or WHO. */
  of: number
  key: number | null
  name: string | null
  owner: string
  count: number
}

// Items alike in all that is counted are counted first, in one pass; what they are alike in is added up from those few.
const OWN = COLUMNS.map((name) => `f.${name}`).join(', ')
const KEYS = `grouping(${COLUMNS.join(', ')}) as of, coalesce(${COLUMNS.join(', ')}) as key`
const together = (condition: string) => `
  with alike as materialized (
    select f.character_id, ${OWN}, count(*) as n, grouping(f.character_id) = 0 as who from item_facts f
    where ${condition}
    group by grouping sets ((f.character_id), (${OWN})))
  select '' as owner, ${KEYS}, null as name, coalesce(sum(n), 0)::bigint as count from alike where not who
  group by grouping sets ((), ${COLUMNS.map((name) => `(${name})`).join(', ')})
  union all select '', ${WHO}, null, c.name, n from alike join characters c on c.id = alike.character_id where who`
const apart = (condition: string, names: string) => `
  with alike as materialized (
    select c.name as owner, ${OWN}, count(*) as n from item_facts f join characters c on c.id = f.character_id
    where c.name = any(${names}) and ${condition} group by c.name, ${OWN})
  select owner, ${KEYS}, null as name, sum(n)::bigint as count from alike
  group by grouping sets ((owner), ${COLUMNS.map((name) => `(owner, ${name})`).join(', ')})
  union all select owner, ${WHO}, null, owner, sum(n)::bigint from alike group by owner`

/**
 * Counts the items that match, by facet.
 * @param names of the characters to count separately; null counts all together, under the empty name
 * @param parts conditions that split all items, see inParts
 */
export async function facetsOf(
  pool: Pool,
  names: readonly string[] | null,
  where: Search['where'],
  abilities: Abilities | null,
  parts?: readonly string[],
): Promise<Map<string, Facets>> {
  const counted = await inParts<Counted>(pool, parts, (values, part) => {
    const holders = names && values.put(names, 'text[]')
    const condition = `${conditionOf(where, values, abilities)} and ${part}`
    return holders ? apart(condition, holders) : together(condition)
  })
  const rows = addedUp(counted)
  const found = new Map<string, Facets>()
  for (const name of names ?? ['']) found.set(name, made(rows.filter((row) => row.owner === name)))
  return found
}

function addedUp(rows: readonly Counted[]): Counted[] {
  const byKey = new Map<string, Counted>()
  for (const row of rows) {
    const key = `${row.of} ${row.key} ${row.owner} ${row.name}`
    const there = byKey.get(key)
    if (there) there.count += row.count
    else byKey.set(key, row)
  }
  return [...byKey.values()]
}

function made(rows: readonly Counted[]): Facets {
  const of = (column: Column) => rows.filter((row) => row.key !== null && columnOf.get(row.of) === column)
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
    total: rows.find((row) => row.of === ALL)?.count ?? 0,
    characters: sorted(
      rows.filter((row) => row.of === WHO).map(({ name, count }) => ({ key: name!, name: name!, count })),
    ),
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
  facets.sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)).slice(0, MAX_FACETS)
