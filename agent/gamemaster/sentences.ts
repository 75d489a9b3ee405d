// Narration in whole sentences: a figure is never cut in two, and can be compared with what was rolled.

/** A piece is sent at this length, sentence or not. */
const LONGEST = 400
/** A figure is held together up to this length. */
const LONGEST_FIGURE = 40
const IN_FIGURE = /[\p{Nd}.,]/u

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
      if (waiting.length <= LONGEST) return ''
      const blank = waiting.lastIndexOf(' ')
      return take(blank > 0 ? blank + 1 : beforeFigure(waiting))
    },
    rest: () => take(waiting.length),
  }
}

const lastEnd = (text: string): number =>
  Math.max(
    ...['. ', '! ', '? '].map((mark) => text.lastIndexOf(mark)).map((at) => (at < 0 ? -1 : at + 1)),
    ...['。', '！', '？'].map((mark) => text.lastIndexOf(mark)),
  )

/** Where a text without blanks is cut: not within a figure, nor within a character of two halves. */
function beforeFigure(text: string): number {
  const isHalf = /[\ud800-\udbff]$/.test(text.slice(-1))
  const whole = isHalf ? text.length - 1 : text.length
  let end = whole
  while (whole - end < LONGEST_FIGURE && IN_FIGURE.test(text[end - 1]!)) end--
  return whole - end < LONGEST_FIGURE ? end : whole
}
