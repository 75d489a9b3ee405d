import type { Privacy } from '../../../shared/access/privacy.ts'
import { UTTERANCE_WINDOW_MS } from '../../../shared/contract/speech.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { readCursor, type CountedPage, type Page } from '../../../shared/serve/connection.ts'
import { storedFacts } from '../../../shared/serve/stored-facts.ts'
import { utteranceCondition, type ChatWhere } from './conditions.ts'

/** An utterance: its first line, and the position in the stream if that is known. */
export interface UtteranceRow {
  id: string
  character: string
  clientAt: string
  receivedAt: string
  text: string
  color: number | null
  channel: string
  sender: string | null
  /** Absent in lists, where it is read when it is asked for. */
  changeId?: string
}

export type ChatPage = CountedPage<UtteranceRow>

const COLUMNS = `m.id::text as id, c.name as character, m.at as "clientAt", m.received_at as "receivedAt",
  m.text, m.color, m.channel,
  m.sender`
const FIRST_LINES = 'chat m join characters c on c.id = m.character_id'
/** A line of a listener is received at most so long before or after the first one: other days are not read. */
const WINDOW = `interval '${UTTERANCE_WINDOW_MS} ms'`
/**
 * The lines `h` of later listeners, each with its first line `m`. That is looked up by its id for each of them,
 * whatever the statistics say: joined as a whole it would take a minute while a history is new.
 */
const LATER_LINES = `chat h cross join lateral (select * from chat f where f.id = h.first_id
    and f.received_at between h.received_at - ${WINDOW} and h.received_at + ${WINDOW} offset 0) m
  join characters c on c.id = m.character_id`

/** Greater than every id: the first page is after nothing. */
const GREATEST_ID = '9223372036854775807'

/**
 * A page of utterances as the viewer may read them, newest first, one row more than asked for when more follow. What
 * single characters heard is read for each of them in the order of an index, so that it does not matter how much there
 * is.
 */
export async function listChat(pool: Pool, where: ChatWhere, page: Page, privacy: Privacy): Promise<UtteranceRow[]> {
  const { text, values } = utteranceCondition(where, privacy)
  const [before, limit, names] = [1, 2, 3].map((n) => `$${values.length + n}`)
  const newest = `order by position desc limit ${limit}::int`
  const said = `select ${COLUMNS}, m.id as position from ${FIRST_LINES} where ${text} and m.id < ${before}::bigint`
  const heardLater = `select ${COLUMNS}, h.first_id as position from ${LATER_LINES} where ${text}
    and h.first_id is not null and h.first_id < ${before}::bigint`
  const heard = `select distinct on (position) u.* from characters l cross join lateral (
      (${said} and m.character_id = l.id ${newest}) union all (${heardLater} and h.character_id = l.id ${newest})) u
    where l.name = any(${names}) ${newest}`
  const { rows } = await pool.query<UtteranceRow>(where.characters ? heard : `${said} ${newest}`, [
    ...values,
    readCursor(page.after, 1)?.[0] ?? GREATEST_ID,
    page.first + 1,
    ...(where.characters ? [where.characters] : []),
  ])
  return rows
}

/** How many utterances match, of those that the viewer may read. */
export async function countChat(pool: Pool, where: ChatWhere, privacy: Privacy): Promise<number> {
  const { text, values } = utteranceCondition(where, privacy)
  const asked = `(select id from characters where name = any($${values.length + 1}))`
  const heard = `select count(*) from (
      select m.id from ${FIRST_LINES} where ${text} and m.character_id in ${asked} union
      select m.id from ${LATER_LINES} where ${text} and h.first_id is not null and h.character_id in ${asked}) u`
  const { rows } = await pool.query<{ count: number }>(
    where.characters ? heard : `select count(*) from ${FIRST_LINES} where ${text}`,
    where.characters ? [...values, where.characters] : values,
  )
  return rows[0]!.count
}

/**
 * The utterances that match and that the viewer may read, in the order in which they were heard, for streams that
 * resume.
 */
export const storedChat = (pool: Pool, where: ChatWhere, privacy: Privacy) =>
  storedFacts<UtteranceRow>(
    pool,
    { table: 'chat', id: 'id' },
    {
      idOf: ({ id, changeId }) => changeId ?? id,
      async page(after, upTo, limit) {
        const { text, values } = utteranceCondition(where, privacy)
        const [from, to, most, names] = [1, 2, 3, 4].map((n) => `$${values.length + n}`)
        const asked = `(select id from characters where name = any(${names}))`
        const oldest = `order by position limit ${most}::int`
        const said = `select ${COLUMNS}, m.id::text as "changeId", m.id as position from ${FIRST_LINES}
          where ${text} and m.id > ${from}::bigint and m.id <= ${to}::bigint`
        // Of the characters asked for, only the first to hear an utterance.
        const heardLater = `select ${COLUMNS}, h.id::text as "changeId", h.id as position from ${LATER_LINES}
          where ${text} and h.first_id is not null and h.id > ${from}::bigint and h.id <= ${to}::bigint
            and h.character_id in ${asked} and m.character_id not in ${asked} and not exists (
              select from chat e where e.first_id = h.first_id and e.id < h.id and e.character_id in ${asked}
                and e.received_at between m.received_at - ${WINDOW} and m.received_at + ${WINDOW})`
        const heard = `(${said} and m.character_id in ${asked} ${oldest}) union all (${heardLater} ${oldest}) ${oldest}`
        const { rows } = await pool.query<UtteranceRow>(where.characters ? heard : `${said} ${oldest}`, [
          ...values,
          after,
          upTo,
          limit,
          ...(where.characters ? [where.characters] : []),
        ])
        return rows
      },
    },
  )
