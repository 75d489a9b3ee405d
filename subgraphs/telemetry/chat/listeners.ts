import DataLoader from 'dataloader'
import { isHeardTogether, UTTERANCE_WINDOW_MS } from '../../../shared/contract/speech.ts'
import type { ChatEvent } from '../../../shared/contract/topics.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import type { UtteranceRow } from './store.ts'

/** The line of one listener, by its id. */
type HeardLine = ChatEvent & { utterance: string }

const linesOf = async (pool: Pool, rows: readonly UtteranceRow[]): Promise<HeardLine[]> => {
  const moments = rows.map(({ receivedAt }) => Date.parse(receivedAt))
  const { rows: lines } = await pool.query<HeardLine>(
    `select h.first_id::text as utterance, h.id::text as id, c.name as character, h.at as "clientAt",
      h.received_at as "receivedAt",
       h.text, h.color, h.channel, h.sender
     from chat h join characters c on c.id = h.character_id
     where h.first_id = any($1) and h.received_at between $2 and $3 order by h.id`,
    [
      rows.map(({ id }) => id),
      new Date(Math.min(...moments) - UTTERANCE_WINDOW_MS),
      new Date(Math.max(...moments) + UTTERANCE_WINDOW_MS),
    ],
  )
  return lines
}

/**
 * The lines of all listeners of utterances, each first line first. What only one character can hear is not read again.
 */
export const listenersLoader = (pool: Pool) =>
  new DataLoader<UtteranceRow, ChatEvent[], string>(
    async (rows) => {
      const together = rows.filter(isHeardTogether)
      const later = new Map<string, ChatEvent[]>(together.map(({ id }) => [id, []]))
      if (together.length) for (const line of await linesOf(pool, together)) later.get(line.utterance)!.push(line)
      return rows.map((row) => [row, ...(later.get(row.id) ?? [])])
    },
    { cacheKeyFn: ({ id }) => id },
  )
