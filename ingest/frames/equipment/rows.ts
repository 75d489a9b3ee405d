import type { RowBase } from '../../rows/row.ts'

export interface EquipmentRow extends RowBase {
  character: string
  clientAt: string
  raw: unknown
}
export interface EquipmentRows {
  table: 'equipment'
  row: EquipmentRow
}
