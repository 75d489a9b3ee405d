import type { RowBase } from '../../rows/row.ts'
import type { CharacterStatsFrame } from './shape.ts'

export interface SheetRow extends RowBase {
  character: string
  at: string
  sheet: CharacterStatsFrame
  raw: unknown
}
export interface SheetRows {
  table: 'character_sheets'
  row: SheetRow
}
