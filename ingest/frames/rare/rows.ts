import type { RareEvent } from '../../../shared/contract/topics.ts'

/** A find, before the database gives it an id. */
export type RareRow = Omit<RareEvent, 'id'>
export interface RareRows {
  table: 'rares'
  row: RareRow
}
