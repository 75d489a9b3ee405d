// What a backup or a restore says at the console.
import type { Progress } from './backup.ts'

const SAY_EVERY_MS = 2_000
const number = (value: number) => value.toLocaleString('en-US')

/** How many rows there are in all tables. */
export const sumOf = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((sum, rows) => sum + rows, 0)
/** The same as text. */
export const rowsOf = (counts: ReadonlyMap<string, number>) => number(sumOf(counts))

/** A line for each table that is done, and one now and then for a long one. */
export function saying(): Progress {
  let said = Date.now()
  return (table, bytes, rows) => {
    if (rows !== null) console.log(`  ${table}: ${number(rows)} rows, ${number(Math.ceil(bytes / 1024))} kB`)
    else if (Date.now() - said > SAY_EVERY_MS) console.log(`  ${table}: ${number(Math.ceil(bytes / 1024))} kB so far`)
    else return
    said = Date.now()
  }
}
