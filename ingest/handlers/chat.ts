import { clientMomentText } from '../../shared/contract/fields.ts'
import type { ChatFrame } from '../../shared/contract/frames/chat.ts'
import { topic, type ChatEvent } from '../../shared/contract/topics.ts'
import { keep, type Around, type Outcome } from '../outcome.ts'

export function onChat(frame: ChatFrame, { now, receivedAt, nextId }: Around): Outcome {
  const event: ChatEvent = {
    id: nextId(),
    character: frame.character_name,
    at: clientMomentText(frame.timestamp, now, receivedAt),
    receivedAt,
    text: frame.text,
    color: frame.color ?? null,
    channel: channelOf(frame.text),
    sender: senderOf(frame.text, frame.character_name),
  }
  return keep([{ table: 'chat', row: event }], [{ topic: topic('chat', event.character), event }])
}

const NAMED = new Map([
  ['allegiance', 'ALLEGIANCE'],
  ['fellowship', 'FELLOWSHIP'],
  ['general', 'GENERAL'],
  ['trade', 'TRADE'],
  ['lfg', 'LFG'],
  ['roleplay', 'ROLEPLAY'],
  ['society', 'SOCIETY'],
])

/** The channel a line went through, by its wording: the colour differs between clients. */
export function channelOf(text: string): string {
  const named = /^\[(\w+)\]/.exec(text)
  if (named) return NAMED.get(named[1]!.toLowerCase()) ?? 'OTHER'
  if (/^(?:You tell [^"]{1,64}|[^"]{1,64} tells you), "/.test(text)) return 'TELL'
  if (/^(?:You say|[^"]{1,64} says), "/.test(text)) return 'SAY'
  return 'OTHER'
}

const SPOKEN = /^(?:\[\w+\] )?(You|[^"\]]{1,64}?) (?:say|says|tell|tells) ?[^",]{0,64}, "/

const LABELLED = /^\[\w+\] ([^":]{1,64}): /

/** CHT2: who spoke a line, by its wording; null when nobody did. */
export function senderOf(text: string, reader: string): string | null {
  const name = (SPOKEN.exec(text) ?? LABELLED.exec(text))?.[1]
  return name === undefined ? null : name === 'You' ? reader : name
}
