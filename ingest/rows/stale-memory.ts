/**
 * Another process wrote rows that are cached here: the batch must be stored again, with what the database knows now.
 */
export class StaleMemory extends Error {}

/** Checks that an upsert wrote all rows; rows with another version are not written. */
export function expectWritten(written: { rowCount: number | null }, rows: readonly unknown[]): void {
  if (written.rowCount !== rows.length) throw new StaleMemory('somebody else wrote these rows since we read them')
}
