import type { InventoryEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

const SELECT = `
  select i.id::text as id, c.name as character, i.at, i.added, i.updated, i.removed,
  cardinality(i.added) as "addedCount",
    cardinality(i.updated) as "updatedCount", cardinality(i.removed) as "removedCount"
  from inventory_changes i join characters c on c.id = i.character_id`

export type ChangePage = CountedPage<InventoryEvent>

export interface ChangeWhere {
  characters: readonly string[] | null
  since?: Date | string | null | undefined
  until?: Date | string | null | undefined
}

const FILTER = `($1::text[] is null or i.character_id in (select id from characters where name = any($1)))
  and i.at >= coalesce(($2::timestamptz[])[1], '-infinity') and i.at <= coalesce(($2::timestamptz[])[2], 'infinity')`

/** A page of changes, newest first, one row more than asked for when more follow. */
export async function listChanges(
  pool: Pool,
  { characters, since, until }: ChangeWhere,
  page: Page,
): Promise<{ rows: InventoryEvent[]; count: () => Promise<number> }> {
  const after = readCursor(page.after, 1)
  const values = [characters, [since ?? null, until ?? null]]
  const { rows } = await pool.query<InventoryEvent>(
    `${SELECT} where ${FILTER} and ($3::bigint is null or i.id < $3) order by i.id desc limit $4`,
    [...values, after?.[0] ?? null, page.first + 1],
  )
  const count = async () =>
    (await pool.query<{ count: number }>(`select count(*) from inventory_changes i where ${FILTER}`, values)).rows[0]!
      .count
  return { rows, count }
}

/** Changes of the named characters, or of all, for streams that resume. */
export const storedChanges = (pool: Pool, characters: readonly string[] | null) =>
  storedFacts<InventoryEvent>(
    pool,
    { table: 'inventory_changes', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<InventoryEvent>(
          `${SELECT} where i.id > $1 and i.id <= $2 and ($3::text[] is null or c.name = any($3)) order by i.id
            limit $4`,
          [after, upTo, characters, limit],
        )
        return rows
      },
    },
  )
