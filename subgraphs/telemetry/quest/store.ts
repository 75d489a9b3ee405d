import DataLoader from 'dataloader'
import type { QuestEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { likeText, readCursor, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

/** A quest as it is stored. */
export interface QuestRow extends QuestEvent {
  /** Counts up with every change of any quest. */
  changeId: string
}

const SELECT = `
  select c.name as character, q.name, q.change_id::text as "changeId", q.countdown, q.ready_at as "readyAt",
    q.at as "clientAt", q.received_at as "receivedAt"
  from quests q join characters c on c.id = q.character_id`

const MAX_QUESTS = 1_000

export function questsLoader(pool: Pool) {
  return new DataLoader<string, QuestRow[]>(async (names) => {
    const { rows } = await pool.query<QuestRow>(`${SELECT} where c.name = any($1) order by q.name`, [names])
    const byName = new Map<string, QuestRow[]>(names.map((name) => [name, []]))
    for (const row of rows) if (byName.get(row.character)!.length < MAX_QUESTS) byName.get(row.character)!.push(row)
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
): Promise<{ rows: QuestRow[]; totalCount: number }> {
  const after = readCursor(page.after, 2)
  const filter = `($1::text[] is null or c.name = any($1)) and ($2::text is null or q.name ilike $2)
    and ($3::boolean is null or (q.ready_at <= now()) = $3)`
  const values = [where.characters ?? null, where.text ? likeText(where.text) : null, where.ready ?? null]
  const [rows, count] = await Promise.all([
    pool.query<QuestRow>(
      `${SELECT} where ${filter} and ($4::text is null or (q.name, c.name) > ($4, $5)) order by q.name, c.name
        limit $6`,
      [...values, after?.[0] ?? null, after?.[1] ?? null, page.first + 1],
    ),
    pool.query<{ count: number }>(
      `select count(*) from quests q join characters c on c.id = q.character_id where ${filter}`,
      values,
    ),
  ])
  return { rows: rows.rows, totalCount: count.rows[0]!.count }
}

export interface MatrixRow {
  name: string
  quests: (QuestRow | undefined)[]
}

export interface Matrix {
  characters: string[]
  quests: MatrixRow[]
}

const MAX_CHARACTERS = 200

/** Quests by characters, both by name; without a report there is no entry. */
export async function questMatrix(
  pool: Pool,
  { characters, text, first }: { characters: readonly string[] | null; text: string | null; first: number },
): Promise<Matrix> {
  const { rows } = await pool.query<QuestRow>(
    `with people as (select c.id, c.name from characters c where ($1::text[] is null or c.name = any($1))
         and exists (select from quests q where q.character_id = c.id) order by c.name limit ${MAX_CHARACTERS}),
       names as (select distinct q.name from quests q join people p on p.id = q.character_id
         where $2::text is null or q.name ilike $2
         order by q.name limit $3)
     select p.name as character, q.name, q.change_id::text as "changeId", q.countdown, q.ready_at as "readyAt",
       q.at as "clientAt", q.received_at as "receivedAt"
     from quests q join people p on p.id = q.character_id join names n on n.name = q.name order by q.name`,
    [characters, text ? likeText(text) : null, first],
  )
  const columns = [...new Set(rows.map((row) => row.character))].sort()
  const column = new Map(columns.map((name, n) => [name, n]))
  const quests = new Map<string, MatrixRow>()
  for (const row of rows) {
    let own = quests.get(row.name)
    if (!own)
      quests.set(row.name, (own = { name: row.name, quests: new Array<undefined>(columns.length).fill(undefined) }))
    own.quests[column.get(row.character)!] = row
  }
  return { characters: columns, quests: [...quests.values()] }
}

/** One quest of a character; undefined when it is not there. */
export async function oneQuest(pool: Pool, character: string, name: string): Promise<QuestRow | undefined> {
  const { rows } = await pool.query<QuestRow>(`${SELECT} where c.name = $1 and q.name = $2`, [character, name])
  return rows[0]
}

/** Quests of the named characters, or of all, in the order of their last changes, for streams that resume. */
export const storedQuests = (pool: Pool, names: readonly string[] | null) =>
  storedFacts<QuestRow>(
    pool,
    { table: 'quests', id: 'change_id' },
    {
      areStates: true,
      idOf: ({ changeId }) => changeId,
      async page(after, upTo, limit) {
        const { rows } = await pool.query<QuestRow>(
          `${SELECT} where ($1::text[] is null or c.name = any($1)) and q.change_id > $2 and q.change_id <= $3
           order by q.change_id limit $4`,
          [names, after, upTo, limit],
        )
        return rows
      },
    },
  )
