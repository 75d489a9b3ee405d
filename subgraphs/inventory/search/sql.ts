import type { Pool } from '../../../shared/db/pool.ts'

/** The values of a statement, numbered as they are named. */
export class Values {
  readonly all: unknown[] = []

  /** A place in the statement for this value. */
  put(value: unknown, type = ''): string {
    this.all.push(value)
    return `$${this.all.length}${type && `::${type}`}`
  }
}

/**
 * The rows of one statement for each part of all items, each asked for on a connection of its own.
 * @param parts conditions on `f` that part all items; the whole without any
 */
export async function inParts<R extends object>(
  pool: Pool,
  parts: readonly string[] = ['true'],
  statement: (values: Values, part: string) => string,
): Promise<R[]> {
  const results = await Promise.all(
    parts.map((part) => {
      const values = new Values()
      return pool.query<R>(statement(values, part), values.all)
    }),
  )
  return results.flatMap(({ rows }) => rows)
}
