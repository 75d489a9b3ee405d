import type { Client } from '../../shared/db/pool.ts'
import type { IdCache } from './id-cache.ts'

/** What every row says: who it is about, if anybody, and when its frame came, by our clock. */
export interface RowBase {
  character: string | null
  receivedAt: string
}

/** A row to be stored, with the name its table is registered by. */
export interface Row<Name extends string = string, R extends RowBase = RowBase> {
  table: Name
  row: R
}

/** An event for the pubsub. */
export interface Publish {
  topic: string
  event: unknown
}

/** Stores rows of one table, in the order they came. Returns what to publish once they are committed. */
export type StoreRows<R> = (client: Client, rows: readonly R[], ids: IdCache) => Promise<Publish[] | void>

/** How the rows of one table are stored. */
export interface Table<R = never> {
  /** Runs before any table of the batch is written; tables written later may ask for what it found. */
  prepare?: (client: Client, rows: readonly R[], ids: IdCache) => Promise<void>
  write: StoreRows<R>
  /** People act on it as soon as it is stored: its batch does not wait for more rows. */
  urgent?: boolean
}

/** A frame that was not stored, with the reason. */
export interface DeadLetterRow extends RowBase {
  type: string | null
  path: string | null
  reason: string
  frame: string
}
export const DEAD_LETTERS = 'dead_letters'
export const deadLetter = (row: DeadLetterRow): Row<string, DeadLetterRow> => ({ table: DEAD_LETTERS, row })
