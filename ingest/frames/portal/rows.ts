import type { RowBase } from '../../rows/row.ts'

export interface PortalRow extends RowBase {
  character: string
  at: string
  name: string | null
  ew: number
  ns: number
  z: number | null
  ewTenths: number
  nsTenths: number
}
export interface PortalRows {
  table: 'portals'
  row: PortalRow
}
