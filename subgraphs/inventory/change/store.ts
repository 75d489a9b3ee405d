import type { InventoryEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'

const MAX_CHANGES = 5_000

/**
 * Changes stored after this one, oldest first. Refuses more than 5,000: a client that was away for so long must read
 * the inventories again.
 */
export async function changesAfter(
  pool: Pool,
  id: string,
  characters: readonly string[] | null,
): Promise<InventoryEvent[]> {
  const { rows } = await pool.query<InventoryEvent>(
    `select i.id::text as id, c.name as character, i.at, i.added, i.updated, i.removed, cardinality(i.added) as "addedCount",
       cardinality(i.updated) as "updatedCount", cardinality(i.removed) as "removedCount"
     from inventory_changes i join characters c on c.id = i.character_id
     where i.id > $1 and ($2::text[] is null or c.name = any($2)) order by i.id limit ${MAX_CHANGES + 1}`,
    [id, characters],
  )
  if (rows.length > MAX_CHANGES)
    throw fault(
      'BAD_USER_INPUT',
      'More than 5,000 changes came after that one. Read the inventories again, and leave `after` out.',
    )
  return rows
}
