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
])

/** Within this many characters of a line stands who says it to whom. */
const LONGEST_HEAD = 300
/**
 * CHT7: the text before the first words of speech names the speaker and the listener. "to you" is private in any
 * wording, and so is what one says to somebody: whatever the capitals, the blanks, the quotes, and what plugins put in
 * brackets before it.
 */
const SPEECH = new RegExp(
  [
    /(?<toSomebody>^(?:\[[^\]]*\]\s*)*you\s+(?:tell|say\s+to)\s+\S[^]{0,64}?)\s*,?\s*["“„]/,
    /(?<toYou>\b(?:tells|says\s+to)\s+you)\s*,?\s*["“„]/,
    /(?:^(?:\[[^\]]*\]\s*)*you\s+say|\S\s+says)\s*,\s*["“„]/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'i',
)

/** The channel a line went through, by its wording: the colour differs between clients. */
export function channelOf(text: string): string {
  const line = text.slice(0, LONGEST_HEAD).trimStart()
  const speech = SPEECH.exec(line)
  if (speech?.groups?.['toSomebody'] ?? speech?.groups?.['toYou']) return 'TELL'
  const named = /^\[([\w-]+)\]/.exec(line)
  if (named) return NAMED.get(named[1]!.toLowerCase()) ?? 'OTHER'
  return speech ? 'SAY' : 'OTHER'
}

/** CHT2: the speaker of a line, by its wording; null if it is no speech. */
export function senderOf(text: string, reader: string): string | null {
  const speaker = speechOf(text)?.speaker
  return speaker === undefined ? null : speaker === 'You' ? reader : speaker
}
