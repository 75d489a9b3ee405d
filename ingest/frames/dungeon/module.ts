import { frame, frameModule } from '../frame-module.ts'
import { alsoRelayed } from '../relayed.ts'
import { onDungeonMap } from './handler.ts'
import type { DungeonRows } from './rows.ts'
import { dungeonMap } from './shape.ts'
import { writeDungeons } from './writer.ts'

export const dungeonModule = frameModule<DungeonRows>([frame(dungeonMap, alsoRelayed('dungeon_map', onDungeonMap))], {
  dungeon_maps: { write: writeDungeons },
})
