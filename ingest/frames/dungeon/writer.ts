import { topic, type DungeonEvent } from '../../../shared/contract/topics.ts'
import type { Client } from '../../../shared/db/pool.ts'
import type { Publish } from '../../rows/row.ts'
import type { DungeonRow } from './rows.ts'
import { insertRows, lastOf, type Column } from '../../rows/columns.ts'
import type { IdCache } from '../../rows/id-cache.ts'

type Dungeon = DungeonRow & { characterNumber: number | null; json: string }

const MAX_FLOORS = 300
/** A plugin that sends a new height each time must not grow a floor without limit. */
const MAX_LEVELS = 64
const noFloors = () => new Map<string, string>()

const columns: Column<Dungeon>[] = [
  ['landblock', 'text', (row) => row.landblock],
  ['levels', 'jsonb', (row) => row.json],
  ['told_by', 'int', (row) => row.characterNumber],
  ['changed_at', 'timestamptz', (row) => row.receivedAt],
]
const replace = insertRows(
  'dungeon_maps',
  columns,
  // DNG1: a plugin may know only a part of what others have reported.
  `on conflict (landblock) do update set told_by = excluded.told_by, changed_at = excluded.changed_at,
       levels = (select jsonb_agg(level order by (level ->> 'z')::float8) from (
         select level from jsonb_array_elements(excluded.levels) level
         union all select level from jsonb_array_elements(dungeon_maps.levels) level
           where jsonb_array_length(dungeon_maps.levels) <= ${MAX_LEVELS}
             and not exists (select from jsonb_array_elements(excluded.levels) newer
             where newer -> 'z' = level -> 'z')) levels)
     where not dungeon_maps.levels @> excluded.levels returning landblock`,
)

/** Floors do not change: rows are written only when they differ. Returns the events to publish after the commit. */
export async function writeDungeons(client: Client, rows: readonly DungeonRow[], ids: IdCache): Promise<Publish[]> {
  const floors = ids.memory(noFloors)
  if (floors.size > MAX_FLOORS) floors.clear()
  const different = lastOf(rows, (row) => row.landblock)
    .map((row): Dungeon => ({
      ...row,
      characterNumber: row.character === null ? null : ids.characterId(row.character),
      json: JSON.stringify(row.levels),
    }))
    .filter((row) => floors.get(row.landblock) !== row.json)
  if (!different.length) return []
  const { rows: stored } = await replace(client, different)
  for (const { landblock, json } of different) floors.set(landblock, json)
  return stored.map(({ landblock }) => ({
    topic: topic('dungeon', landblock as string),
    event: { landblock: landblock as string } satisfies DungeonEvent,
  }))
}
