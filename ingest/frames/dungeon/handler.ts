import { readDungeonLevels, type DungeonMapFrame } from './shape.ts'
import { landblockName } from '../../../shared/world/dereth/landblock.ts'
import { drop, keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { DungeonRows } from './rows.ts'

export function onDungeonMap(frame: DungeonMapFrame, { receivedAt }: HandlerContext): Outcome<DungeonRows> {
  const landblock = landblockName(frame.landblock)
  if (landblock === null) return drop('/landblock', 'is no landblock')
  const levels = readDungeonLevels(frame.z_levels)
  if (!levels.length) return drop('/z_levels', 'has no tiles')
  const row = { landblock, levels, character: frame.character_name ?? null, receivedAt }
  return keep([{ table: 'dungeon_maps', row }])
}
