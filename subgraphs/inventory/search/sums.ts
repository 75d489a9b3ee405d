import type { Pool } from '../../../shared/db/pool.ts'
import type { ItemNameSum } from '../generated/resolvers.ts'
import { Values } from './sql.ts'
import type { Search } from './store.ts'
import type { Abilities } from './usable.ts'
import { conditionOf } from './where.ts'

export interface SumsRow {
  items: number
  units: number
  value: number
  burden: number
}

/** Which items are summed up: those that match, of one character or of all. */
export interface Summed {
  pool: Pool
  where: Search['where']
  abilities: Abilities | null
  character: string | null
}

/** What is no stack has no number, which `greatest` ignores. */
const UNITS = 'coalesce(sum(greatest(f.stack, 1)), 0)::bigint'

function matching({ where, abilities, character }: Summed, values: Values): string {
  const of =
    character === null
      ? ''
      : ` and f.character_id = (select id from characters where name = ${values.put(character, 'text')})`
  return `from item_facts f where ${conditionOf(where, values, abilities)}${of}`
}

/** Sums, with what they are over. */
export type SumsOf = SumsRow & { summed: Summed }

/** Sums over items; value and burden of a stack are those of the whole stack. */
export async function sumsOf(summed: Summed): Promise<SumsRow> {
  const values = new Values()
  const { rows } = await summed.pool.query<SumsRow>(
    `select count(*) as items, ${UNITS} as units, coalesce(sum(f.value), 0)::bigint as value,
       coalesce(sum(f.burden), 0)::bigint as burden ${matching(summed, values)}`,
    values.all,
  )
  return rows[0]!
}

/** Sums by name, most units first. */
export async function nameSumsOf(summed: Summed, first: number): Promise<ItemNameSum[]> {
  const values = new Values()
  const from = matching(summed, values)
  const { rows } = await summed.pool.query<ItemNameSum>(
    `select f.name, count(*) as items, ${UNITS} as units, count(distinct f.character_id)::int as "characterCount"
     ${from} and f.name is not null group by f.name order by units desc, f.name limit ${values.put(first, 'int')}`,
    values.all,
  )
  return rows
}
