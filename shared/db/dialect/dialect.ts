import type { Client, Pool } from '../pool.ts'

/** How time series are laid out. Everything but these three operations is the same SQL. */
export interface Dialect {
  name: 'partitions' | 'timescale'
  /** A migration's text, with its time series made this way. */
  create(sql: string): string
  /** Makes room for rows of these days, counted from 1970. */
  ensureDays(pool: Pool, tables: readonly string[], days: readonly number[]): Promise<void>
  /** Drops what lies wholly before the moment. Returns what was dropped. */
  dropOld(client: Client, table: string, before: Date): Promise<string[]>
}

/** `create table … partition by range (column)`, as migrations say it. */
export const TIME_SERIES = /create table (\w+) \(([^;]*?)\n\) partition by range \((\w+)\);/g
