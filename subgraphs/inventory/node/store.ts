import DataLoader from 'dataloader'
import type { Pool } from '../../../shared/db/pool.ts'
import type { CharacterRef } from '../item/store.ts'

/** Characters by exact name; null for a name that no frame ever had. One statement, however many names. */
export function characterLoader(pool: Pool) {
  return new DataLoader<string, CharacterRef | null>(async (names) => {
    const { rows } = await pool.query<CharacterRef>('select name from characters where name = any($1)', [names])
    const known = new Set(rows.map(({ name }) => name))
    return names.map((name) => (known.has(name) ? { name } : null))
  })
}
