// Numbers as a narration writes them: in digits, with decimals, or in English words.
import { plain } from './witnesses.ts'

const UNITS = 'one two three four five six seven eight nine'.split(' ')
const TEENS = 'ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ')
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const VALUES: ReadonlyMap<string, number> = new Map([
  ...[...UNITS, ...TEENS].map((word, nth): [string, number] => [word, nth + 1]),
  ...TENS.map((word, nth): [string, number] => [word, (nth + 2) * 10]),
  ...([
    ['zero', 0],
    ['no', 0],
    ['a', 1],
    ['dozen', 12],
  ] as const),
])
const FACTORS: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1_000],
])

/** Longer words first: `sixteen` is not `six`. */
const below100 = `(?:(?:${TENS.join('|')})(?:[ -](?:${UNITS.join('|')}))?|${TEENS.join('|')}|${UNITS.join('|')})`
const below1000 = `(?:(?:a|${UNITS.join('|')})[ -]hundred(?:(?: and)?[ -]${below100})?|${below100})`
const words =
  `(?:half a dozen|a dozen|dozen|zero|no|(?:a|${below1000})[ -]thousand(?:,?(?: and)?[ -]${below1000})?|` +
  `hundred|${below1000})`

/** The form of a number; what stands before it must be neither a letter nor a digit. */
export const NUMBER = `(\\d{1,4}(?:\\.\\d{1,3})?|${words}(?: point (?:${UNITS.join('|')})| and a half)?)`

/** The digits of a number of that form. Those with a fraction are no whole number, and as no die is, are no result. */
export function digitsOf(number: string): string {
  const text = number.toLowerCase()
  if (/\d/.test(text)) return plain(text)
  if (/ point | and a half$/.test(text)) return text
  if (text === 'half a dozen') return '6'
  let below = 0
  let whole = 0
  for (const word of text.split(/[ ,-]+/)) {
    const factor = FACTORS.get(word)
    if (word === 'and') continue
    if (factor === undefined) below = word === 'dozen' ? 12 : below + VALUES.get(word)!
    else if (factor === 1_000) [whole, below] = [whole + (below || 1) * factor, 0]
    else below = (below || 1) * factor
  }
  return String(whole + below)
}
