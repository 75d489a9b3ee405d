import { privateMessageCondition } from '../../../shared/access/conditions.ts'
import type { Privacy } from '../../../shared/access/privacy.ts'
import type { ChatEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { likeText, readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'

export interface ChatWhere {
  characters?: readonly string[] | null | undefined
  channels?: readonly string[] | null | undefined
  text?: string | null | undefined
  senders?: readonly string[] | null | undefined
  since?: Date | string | null | undefined
  until?: Date | string | null | undefined
}

export type ChatPage = CountedPage<ChatEvent>

const SELECT = `
  select m.id::text as id, c.name as character, m.at as "clientAt", m.received_at as "receivedAt", m.text, m.color, m.channel, m.sender
  from chat m join characters c on c.id = m.character_id`

/** The condition of a list: what is asked for, without what is kept from this viewer. Its parameters are $1 and on. */
function conditionOf(where: ChatWhere, privacy: Privacy) {
  const readable = privateMessageCondition(privacy, { channel: 'm.channel', character: 'c.name' }, 7)
  return {
    text: `($1::text[] is null or m.character_id in (select id from characters where name = any($1)))
       and ($2::text[] is null or m.channel = any($2)) and ($3::text is null or m.text ilike $3)
       and ($4::text[] is null or m.sender = any($4)) and m.received_at >= $5 and m.received_at <= $6
       and ${readable.text}`,
    values: [
      where.characters ?? null,
      where.channels ?? null,
      where.text ? likeText(where.text) : null,
      where.senders ?? null,
      where.since ?? '-infinity',
      where.until ?? 'infinity',
      ...readable.values,
    ] as unknown[],
  }
}

/** A page of chat as the viewer may read it, newest first, one row more than asked for when more follow. */
export async function listChat(pool: Pool, where: ChatWhere, page: Page, privacy: Privacy): Promise<ChatEvent[]> {
  const after = readCursor(page.after, 1)
  const { text, values } = conditionOf(where, privacy)
  const next = values.length + 1
  const { rows } = await pool.query<ChatEvent>(
    `${SELECT} where ${text} and ($${next}::bigint is null or m.id < $${next}) order by m.id desc limit $${next + 1}`,
    [...values, after?.[0] ?? null, page.first + 1],
  )
  return rows
}

/** How many lines match, of those that the viewer may read. */
export async function countChat(pool: Pool, where: ChatWhere, privacy: Privacy): Promise<number> {
  const { text, values } = conditionOf(where, privacy)
  const { rows } = await pool.query<{ count: number }>(
    `select count(*) from chat m join characters c on c.id = m.character_id where ${text}`,
    values,
  )
  return rows[0]!.count
}

/** The lines that match and that the viewer may read, for streams that resume. */
export const storedChat = (pool: Pool, where: ChatWhere, privacy: Privacy) =>
  storedFacts<ChatEvent>(
    pool,
    { table: 'chat', id: 'id' },
    {
      idOf: ({ id }) => id,
      async page(after, upTo, limit) {
        const { text, values } = conditionOf(where, privacy)
        const next = values.length + 1
        const { rows } = await pool.query<ChatEvent>(
          `${SELECT} where ${text} and m.id > $${next} and m.id <= $${next + 1} order by m.id limit $${next + 2}`,
          [...values, after, upTo, limit],
        )
        return rows
      },
    },
  )

/** The same conditions for a line as it arrives. */
export function chatMatches(where: ChatWhere): (line: ChatEvent) => boolean {
  const characters = where.characters && new Set(where.characters)
  const channels = where.channels && new Set(where.channels)
  const text = where.text?.toLowerCase()
  const senders = where.senders && new Set(where.senders)
  const since = where.since ? new Date(where.since).toISOString() : ''
  const until = where.until ? new Date(where.until).toISOString() : null
  return (line) =>
    (!characters || characters.has(line.character)) &&
    (!channels || channels.has(line.channel)) &&
    (!senders || (line.sender !== null && senders.has(line.sender))) &&
    line.receivedAt >= since &&
    (until === null || line.receivedAt <= until) &&
    (!text || line.text.toLowerCase().includes(text))
}
