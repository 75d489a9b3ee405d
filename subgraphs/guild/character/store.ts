import DataLoader from 'dataloader'
import type { Client, Pool } from '../../../shared/db/pool.ts'
import { readCursor, type Page } from '../../../shared/serve/connection.ts'

export type PlaceShown = 'EXACT' | 'BLURRED' | 'HIDDEN'

/** A character anywhere in the graph, by name. */
export interface CharacterRef {
  name: string
}

export interface OwnershipRow {
  character: string
  userId: string | null
  username: string | null
  placeShown: PlaceShown
  changedAt: string
  changedBy: string
}

const SELECT = `
  select c.name as character, c.owner_id::text as "userId", u.username, c.place_shown as "placeShown",
  c.changed_at as "changedAt",
    c.changed_by as "changedBy"
  from character_settings c left join users u on u.id = c.owner_id`
const CONFIGURED = "(c.owner_id is not null or c.place_shown <> 'EXACT')"

export function placeShownLoader(pool: Pool) {
  return new DataLoader<string, PlaceShown>(async (names) => {
    const { rows } = await pool.query<{ name: string; shown: PlaceShown }>(
      'select name, place_shown as shown from character_settings where name = any($1)',
      [names],
    )
    const byName = new Map(rows.map(({ name, shown }) => [name, shown]))
    return names.map((name) => byName.get(name) ?? 'EXACT')
  })
}

/** The characters of one person, by name. */
export async function charactersOf(pool: Pool, userId: string): Promise<OwnershipRow[]> {
  return (await pool.query<OwnershipRow>(`${SELECT} where c.owner_id = $1 order by c.name limit 1000`, [userId])).rows
}

/** The settings of one character; null if none were made. */
export async function ownershipOf(client: Client | Pool, character: string): Promise<OwnershipRow | null> {
  return (await client.query<OwnershipRow>(`${SELECT} where c.name = $1`, [character])).rows[0] ?? null
}

/** A page by character, one row more than asked for when more follow, and how many there are. */
export async function listOwnerships(pool: Pool, page: Page): Promise<{ rows: OwnershipRow[]; totalCount: number }> {
  const after = readCursor(page.after, 1)
  const [rows, count] = await Promise.all([
    pool.query<OwnershipRow>(
      `${SELECT} where ${CONFIGURED} and ($1::text is null or c.name > $1) order by c.name limit $2`,
      [after?.[0] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(`select count(*) from character_settings c where ${CONFIGURED}`),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
