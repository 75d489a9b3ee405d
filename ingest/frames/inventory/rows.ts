import type { RowBase } from '../../rows/row.ts'
import type { Item } from './item.ts'

/** `full`: these are all the items a character holds. `put`: this one came or changed. `take`: this one left. */
export type InventoryRow = RowBase & { character: string; server: string } & (
    | { kind: 'full'; items: readonly Item[] }
    | { kind: 'put'; items: readonly Item[] }
    | { kind: 'take'; gameId: number }
  )
export interface InventoryRows {
  table: 'inventory'
  row: InventoryRow
}
