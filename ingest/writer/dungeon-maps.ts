import { topic, type DungeonEvent } from '../../shared/contract/topics.ts'
import type { Client } from '../../shared/db/pool.ts'
import type { DungeonRow, Publish } from '../outcome.ts'
import { insertRows, lastOf, type Column } from './columns.ts'
import type { Dimensions } from './dimensions.ts'

type Dungeon = DungeonRow & { characterNumber: number | null; json: string }

const MOST_FLOORS = 300
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
  `on conflict (landblock) do update set levels = excluded.levels, told_by = excluded.told_by, changed_at = excluded.changed_at
     where dungeon_maps.levels is distinct from excluded.levels returning landblock`,
)

/** Floors are cast in stone: written only when they differ from what is there. Returns what to tell after commit. */
export async function writeDungeons(
  client: Client,
  rows: readonly DungeonRow[],
  known: Dimensions,
): Promise<Publish[]> {
  const floors = known.memory(noFloors)
  if (floors.size > MOST_FLOORS) floors.clear()
  const different = lastOf(rows, (row) => row.landblock)
    .map((row): Dungeon => ({
      ...row,
      characterNumber: row.character === null ? null : known.characterId(row.character),
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
