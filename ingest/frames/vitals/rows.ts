import type { VitalsEvent } from '../../../shared/contract/topics.ts'

export interface VitalsRows {
  table: 'vitals'
  row: VitalsEvent
}
