import type { DungeonLevel } from '../../../shared/contract/dungeon.ts'
import type { Pool } from '../../../shared/db/pool.ts'

export interface DungeonRow {
  landblock: string
  levels: DungeonLevel[]
  changedAt: string
}

/** The floor of a landblock, by its four hex digits; null if it was never reported. */
export async function dungeonAt(pool: Pool, landblock: string): Promise<DungeonRow | null> {
  const { rows } = await pool.query<DungeonRow>(
    'select landblock, levels, changed_at as "changedAt" from dungeon_maps where landblock = $1',
    [landblock],
  )
  return rows[0] ?? null
}
