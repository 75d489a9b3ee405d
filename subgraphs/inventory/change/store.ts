import type { InventoryEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

/** Changes of the named characters, or of all, for streams that resume. */
export const storedChanges = (pool: Pool, characters: readonly string[] | null) =>
  storedFacts<InventoryEvent>(
    pool,
    { table: 'inventory_changes', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<InventoryEvent>(
          `select i.id::text as id, c.name as character, i.at, i.added, i.updated, i.removed, cardinality(i.added) as "addedCount",
             cardinality(i.updated) as "updatedCount", cardinality(i.removed) as "removedCount"
           from inventory_changes i join characters c on c.id = i.character_id
           where i.id > $1 and i.id <= $2 and ($3::text[] is null or c.name = any($3)) order by i.id limit $4`,
          [after, upTo, characters, limit],
        )
        return rows
      },
    },
  )
