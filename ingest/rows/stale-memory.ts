/** Another process wrote what we have in mind: the batch is to be stored again, with what the database knows now. */
export class StaleMemory extends Error {}

/** All rows of an upsert went through; those whose version was another did not. */
export function expectWritten(written: { rowCount: number | null }, rows: readonly unknown[]): void {
  if (written.rowCount !== rows.length) throw new StaleMemory('somebody else wrote these rows since we read them')
}
