// Filters of chat, as SQL and for events.
import { privateMessageCondition } from '../../../shared/access/conditions.ts'
import type { Privacy } from '../../../shared/access/privacy.ts'
import { isTalk } from '../../../shared/contract/speech.ts'
import type { UtteranceEvent } from '../../../shared/contract/topics.ts'
import { likeText } from '../../../shared/serve/connection.ts'

export interface ChatWhere {
  characters?: readonly string[] | null | undefined
  kinds?: readonly string[] | null | undefined
  channels?: readonly string[] | null | undefined
  text?: string | null | undefined
  senders?: readonly string[] | null | undefined
  since?: Date | string | null | undefined
  until?: Date | string | null | undefined
}

/** Written as the index of talk has it. */
const TALK = "(m.channel <> 'OTHER' or m.sender is not null)"

/** One kind as SQL; both or none need no condition. */
function kindCondition({ kinds }: ChatWhere): string {
  if (!kinds || (kinds.includes('TALK') && kinds.includes('GAME_TEXT'))) return 'true'
  return kinds.includes('TALK') ? TALK : kinds.includes('GAME_TEXT') ? `not ${TALK}` : 'false'
}

export const kindOf = (line: Pick<UtteranceEvent, 'channel' | 'sender'>): 'TALK' | 'GAME_TEXT' =>
  isTalk(line) ? 'TALK' : 'GAME_TEXT'

/**
 * The condition on the first line `m` of an utterance, which `c` received: what is asked for, without what is kept from
 * this viewer, and without the listeners. Its parameters are $1 and on.
 */
export function utteranceCondition(where: ChatWhere, privacy: Privacy) {
  const readable = privateMessageCondition(privacy, { channel: 'm.channel', character: 'c.name' }, 6)
  return {
    text: `m.first_id is null and ${kindCondition(where)}
       and ($1::text[] is null or m.channel = any($1)) and ($2::text is null or m.text ilike $2)
       and ($3::text[] is null or m.sender = any($3)) and m.received_at >= $4 and m.received_at <= $5
       and ${readable.text}`,
    values: [
      where.channels ?? null,
      where.text ? likeText(where.text) : null,
      where.senders ?? null,
      where.since ?? '-infinity',
      where.until ?? 'infinity',
      ...readable.values,
    ] as unknown[],
  }
}

/** The same conditions for an utterance as it is heard, and that nobody asked for has heard it before. */
export function chatMatches(where: ChatWhere): (line: UtteranceEvent) => boolean {
  const characters = where.characters && new Set(where.characters)
  const channels = where.channels && new Set(where.channels)
  const text = where.text?.toLowerCase()
  const senders = where.senders && new Set(where.senders)
  const since = where.since ? new Date(where.since).toISOString() : ''
  const until = where.until ? new Date(where.until).toISOString() : null
  const isFirst = ({ listener, heardBefore }: UtteranceEvent) =>
    characters ? characters.has(listener) && !heardBefore.some((name) => characters.has(name)) : !heardBefore.length
  return (line) =>
    isFirst(line) &&
    (!where.kinds || where.kinds.includes(kindOf(line))) &&
    (!channels || channels.has(line.channel)) &&
    (!senders || (line.sender !== null && senders.has(line.sender))) &&
    line.receivedAt >= since &&
    (until === null || line.receivedAt <= until) &&
    (!text || line.text.toLowerCase().includes(text))
}
