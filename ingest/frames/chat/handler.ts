import { clientMomentText } from '../../../shared/contract/fields.ts'
import type { ChatFrame } from './shape.ts'
import { speechOf } from '../../../shared/contract/speech.ts'
import { topic, type ChatEvent } from '../../../shared/contract/topics.ts'
import { keep, type HandlerContext, type Outcome } from '../outcome.ts'
import type { ChatRows } from './rows.ts'

export function onChat(frame: ChatFrame, { now, receivedAt, server, nextId }: HandlerContext): Outcome<ChatRows> {
  const text = plainLine(frame.text)
  const event: ChatEvent = {
    id: nextId(),
    character: frame.character_name,
    clientAt: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    text,
    color: frame.color ?? null,
    channel: channelOf(text),
    sender: senderOf(text, frame.character_name),
  }
  return keep([{ table: 'chat', row: { ...event, server } }], [{ topic: topic('chat', event.character), event }])
}

/**
 * CHT4: a line as a player reads it: without the markup that makes a name clickable, and without the final line break.
 */
function plainLine(text: string): string {
  const line = text.endsWith('\n') ? text.trimEnd() : text
  return line.includes('<Tell:') ? line.replaceAll(/<Tell:[^<>]{0,200}>([^<>]{0,200})<\\Tell>/g, '$1') : line
}

const NAMED = new Map([
  ['allegiance', 'ALLEGIANCE'],
  ['monarch', 'ALLEGIANCE'],
  ['patron', 'ALLEGIANCE'],
  ['vassals', 'ALLEGIANCE'],
  ['co-vassals', 'ALLEGIANCE'],
  ['fellowship', 'FELLOWSHIP'],
  ['general', 'GENERAL'],
  ['trade', 'TRADE'],
  ['lfg', 'LFG'],
  ['roleplay', 'ROLEPLAY'],
  ['society', 'SOCIETY'],
  ['tell', 'TELL'],
  ['tells', 'TELL'],
])

/** Within this many characters of a line stands who says it to whom. */
const LONGEST_LINE = 1_000
const LONGEST_HEAD = 300
/** What plugins put before a line: a time, a name in brackets, a sign. */
const PREFIX = /^(?:[[({<][^\])}>]{0,40}[\])}>]|[\d:.\-/*#|~ ])*/
const TO_SOMEBODY = /^you (?:tell|say to) [^"]{1,80}"/i
const TO_YOU = /\b(?:tells|says to) \[?you\]{0,2} ?[,:]? ?"/i
const ALOUD = /(?:\byou say|\S says) ?, ?"/i

/**
 * The channel a line went through, by its wording: the colour differs between clients. CHT7: "to you" is private in any
 * wording, and so is what one says to somebody: whatever the capitals, the blanks, the quotes, and what plugins put in
 * brackets before it. The first words of speech decide; in doubt a line is private.
 */
export function channelOf(text: string): string {
  const line = comparable(text)
  if (TO_SOMEBODY.test(line.replace(PREFIX, ''))) return 'TELL'
  const [toYou, aloud] = [line.search(TO_YOU), line.search(ALOUD)]
  if (toYou >= 0 && (aloud < 0 || toYou < aloud)) return 'TELL'
  const named = /^\[([\w-]+)\]/.exec(line)
  if (named) return NAMED.get(named[1]!.toLowerCase()) ?? 'OTHER'
  return aloud >= 0 ? 'SAY' : 'OTHER'
}

/** The beginning of a line with blanks and quotes of one kind, and without invisible characters. */
const comparable = (text: string): string =>
  text
    .slice(0, LONGEST_LINE)
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[“”„«»＂'‘’`]/g, '"')
    .replaceAll(/\s+/g, ' ')
    .trimStart()
    .slice(0, LONGEST_HEAD)

/** CHT2: the speaker of a line, by its wording; null if it is no speech. */
export function senderOf(text: string, reader: string): string | null {
  const speaker = speechOf(text)?.speaker
  return speaker === undefined ? null : speaker === 'You' ? reader : speaker
}
