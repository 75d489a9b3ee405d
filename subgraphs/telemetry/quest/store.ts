import DataLoader from 'dataloader'
import type { QuestEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'

const SELECT = `
  select c.name as character, q.name, q.countdown, q.ready_at as "readyAt", q.at, q.received_at as "receivedAt"
  from quests q join characters c on c.id = q.character_id`

export function questsLoader(pool: Pool) {
  return new DataLoader<string, QuestEvent[]>(async (names) => {
    const { rows } = await pool.query<QuestEvent>(`${SELECT} where c.name = any($1) order by q.name`, [names])
    const byName = new Map<string, QuestEvent[]>(names.map((name) => [name, []]))
    for (const row of rows) byName.get(row.character)!.push(row)
    return names.map((name) => byName.get(name)!)
  })
}

export interface QuestWhere {
  characters?: readonly string[] | null | undefined
  text?: string | null | undefined
  ready?: boolean | null | undefined
}

/** A page of quests by name and character, one row more than asked for when more follow, and how many match. */
export async function listQuests(
  pool: Pool,
  where: QuestWhere,
  page: Page,
): Promise<{ rows: QuestEvent[]; totalCount: number }> {
  const after = readCursor(page.after, 2)
  const filter = `($1::text[] is null or c.name = any($1)) and ($2::text is null or q.name ilike $2)
    and ($3::boolean is null or (q.ready_at <= now()) = $3)`
  const values = [where.characters ?? null, where.text ? likeText(where.text) : null, where.ready ?? null]
  const [rows, count] = await Promise.all([
    pool.query<QuestEvent>(
      `${SELECT} where ${filter} and ($4::text is null or (q.name, c.name) > ($4, $5)) order by q.name, c.name limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from quests q join characters c on c.id = q.character_id where ${filter}`,
      values,
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}
