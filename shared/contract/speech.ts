// What a line of chat says and who says it, by its wording.

const SPOKEN =
  /^(?:\[[\w-]+\] )?(?:Your (?:monarch|patron|vassal|co-vassal|follower) )?(You|[^\]]{1,64}?) (?:say|says|tell|tells)(?: [^",]{1,64})?, "/

const LABELLED = /^\[[\w-]+\] ([^":]{1,64}): /

/** What was said, without the wording around it. */
export interface Speech {
  /** The speaker as the line names it; `You` is the character that read it. */
  speaker: string
  /** The words. */
  message: string
}

/** The speech in a line; null for a line of the game. */
export function speechOf(text: string): Speech | null {
  const spoken = SPOKEN.exec(text)
  if (spoken) {
    const words = text.slice(spoken[0].length)
    return { speaker: spoken[1]!, message: words.endsWith('"') ? words.slice(0, -1) : words }
  }
  const labelled = LABELLED.exec(text)
  return labelled && { speaker: labelled[1]!, message: text.slice(labelled[0].length) }
}

/** Lines with the same words that different characters received within this time are one utterance. */
export const UTTERANCE_WINDOW_MS = 10_000

interface Spoken {
  channel: string
  sender: string | null
}

/** Whether a line was said by somebody; all others are printed by the game. */
export const isTalk = ({ channel, sender }: Spoken): boolean => channel !== 'OTHER' || sender !== null

/** Whether several characters may hear it as one utterance. A private message has one listener. */
export const isHeardTogether = ({ channel, sender }: Spoken): boolean => sender !== null && channel !== 'TELL'
