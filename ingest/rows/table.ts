import type { Client } from '../../shared/db/pool.ts'
import type { IdCache } from './id-cache.ts'
import type { Publish } from './row.ts'

/** Stores rows of one table, in the order they came. Returns what to publish once they are committed. */
export type StoreRows<R> = (client: Client, rows: readonly R[], ids: IdCache) => Promise<Publish[] | void>

/** How the rows of one table are stored. */
export interface Table<R = never> {
  /** Runs before any table of the batch is written; tables written later may ask for what it found. */
  prepare?: (client: Client, rows: readonly R[], ids: IdCache) => Promise<void>
  write: StoreRows<R>
  /** People act on it as soon as it is stored: its batch does not wait for more rows. */
  urgent?: boolean
  /** Its rows are many and long: they are stored apart from all others, which must not wait for them. */
  isBulk?: boolean
}
