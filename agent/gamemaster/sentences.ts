// Narration in whole sentences: a figure is never cut in two, and can be compared with what was rolled.

/** A piece is sent at this length, sentence or not. */
const LONGEST = 400

export interface Sentences {
  /** Takes a piece; gives what is complete by now, '' for nothing yet. */
  add(text: string): string
  /** Gives the rest. */
  rest(): string
}

/** Gathers pieces of a text to sentences and lines. */
export function sentences(): Sentences {
  let waiting = ''
  const take = (length: number) => {
    const ready = waiting.slice(0, length)
    waiting = waiting.slice(length)
    return ready
  }
  return {
    add(text) {
      waiting += text
      // The blank after a full stop: "4.5" is no end.
      const end = Math.max(waiting.lastIndexOf('\n'), lastEnd(waiting))
      if (end >= 0) return take(end + 1)
      const blank = waiting.lastIndexOf(' ')
      return waiting.length > LONGEST && blank > 0 ? take(blank + 1) : ''
    },
    rest: () => take(waiting.length),
  }
}

const lastEnd = (text: string): number =>
  Math.max(...['. ', '! ', '? '].map((mark) => text.lastIndexOf(mark)).map((at) => (at < 0 ? -1 : at + 1)))
