import type { DungeonLevel } from '../../../shared/contract/dungeon.ts'
import type { RowBase } from '../../rows/row.ts'

export interface DungeonRow extends RowBase {
  landblock: string
  levels: DungeonLevel[]
}
export interface DungeonRows {
  table: 'dungeon_maps'
  row: DungeonRow
}
