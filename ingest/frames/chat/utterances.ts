// Which lines are one utterance: the same words on the same server, from the same speaker in the same channel, received
// by different characters within the window. A character that receives them twice heard two utterances.
import { createHash } from 'node:crypto'
import { isHeardTogether, speechOf, UTTERANCE_WINDOW_MS } from '../../../shared/contract/speech.ts'
import type { ChatRow } from './rows.ts'

/** An utterance as far as it is known. */
export interface Utterance {
  /** The id of the line that was stored first. */
  id: string
  /** When that was received. */
  receivedMs: number
  /** That line. */
  first: Pick<ChatRow, 'character' | 'clientAt' | 'receivedAt' | 'text' | 'color' | 'channel' | 'sender'>
  /** Names of the characters that heard it, in the order of storage. */
  listeners: string[]
}

/** A number for the server, channel, speaker and words of a line; null for one that only one character can hear. */
export function speechKey({ server, channel, sender, text }: ChatRow): string | null {
  if (!isHeardTogether({ channel, sender })) return null
  const words = [server, channel, sender, speechOf(text)?.message ?? text]
  return createHash('sha256').update(JSON.stringify(words)).digest().readBigInt64BE().toString()
}

/**
 * The utterance that a line belongs to: of those with its words that its reader has not heard, the one received nearest
 * in time; null if it is a new one. The nearest and not the oldest: a reader that comes to a channel where something is
 * repeated hears the current one.
 */
export function utteranceOf(line: ChatRow, known: readonly Utterance[]): Utterance | null {
  const receivedMs = Date.parse(line.receivedAt)
  const distance = (one: Utterance) => Math.abs(one.receivedMs - receivedMs)
  let nearest: Utterance | null = null
  for (const one of known) {
    if (distance(one) > UTTERANCE_WINDOW_MS || one.listeners.includes(line.character)) continue
    if (!nearest || distance(one) < distance(nearest)) nearest = one
  }
  return nearest
}
