import type { RowBase } from '../../rows/row.ts'

export interface SpawnRow extends RowBase {
  character: string
  at: string
  monster: string
  ew: number
  ns: number
  z: number | null
}
export interface SpawnRows {
  table: 'spawns'
  row: SpawnRow
}
