// Figures in a narration that nothing in the turn vouches for.
import { inPlainDigits } from './plain-digits.ts'
import { figuresOf, plain, type Claim, type Witnesses } from './witnesses.ts'

const SMALL =
  'no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen twenty'
const NUMBERS: ReadonlyMap<string, string> = new Map([
  ...SMALL.split(' ').map((word, number): [string, string] => [word, String(number)]),
  ...[...['thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].entries()].map(
    ([nth, word]): [string, string] => [word, String((nth + 3) * 10)],
  ),
  ...([
    ['zero', '0'],
    ['half a dozen', '6'],
    ['a dozen', '12'],
    ['dozen', '12'],
    ['a hundred', '100'],
  ] as const),
])
/** Longer words first: `sixteen` is not `six`. */
const NUMBER = `(\\d{1,4}|${[...NUMBERS.keys()].sort((one, other) => other.length - one.length).join('|')})`
/** What may stand between a number and what it counts. */
const KIND =
  '(?:(?:net|more|total|clean|clear|full|extra|additional|whole|solid|physical|stun|mental|damage)[ -]+){0,2}'
/** `Unit 2 hits the wall` counts nothing. */
const HITS = 'hits(?= *(?:[^\\w ]|$|(?:on|against|with|from|out|vs|versus|in)\\b))'
const SUCCESSES = 'success(?:es)?|erfolge?|succès|réussites?|éxitos?|successi|sucessos?'
const HARM = 'box(?:es)?|wounds|points? of (?:[a-z]+ )?damage'
const ROUNDS = '(?:rounds?|bullets?|shots?|cartridges?)'

/** How a narration says that a figure is an outcome. */
const CLAIMS: readonly [claim: Claim, form: RegExp][] = (
  [
    ['successes', `${NUMBER}[ -]+${KIND}(?:${SUCCESSES}|${HITS})`],
    ['successes', `(?:${SUCCESSES}|hits) *[:=x×] *${NUMBER}`],
    ['boxes', `${NUMBER}[ -]+${KIND}(?:${HARM})`],
    ['boxes', `(?:box(?:es)?|wounds) *[:=x×] *${NUMBER}`],
    ['target number', `(?:tn|target number)(?: of| is| was)?(?: *[:=])? *${NUMBER}`],
    ['rounds left', `${NUMBER}[ -]+(?:more )?${ROUNDS} (?:is |are |still )?(?:left|remain(?:s|ing)?)`],
    ['rounds left', `(?:${ROUNDS}|ammo|ammunition)(?: left)? *[:=] *${NUMBER}`],
  ] as const
).map(([claim, form]) => [claim, new RegExp(`(?<![\\p{L}\\d])${form}(?![\\p{L}\\d])`, 'giu')])

/** Three figures or more in a row: dice, as a narration lists them. */
const LIST = /\d{1,2}(?:(?:[,;] ?(?:and )?| ?[/·+] ?|-|\]? ?\[| and | )\d{1,2}){2,}(?![\d.]\d)/g
const DIE = '(?:one|two|three|four|five|six)'
/** The same in words, which count other things too: after a word for dice. */
const LIST_IN_WORDS = new RegExp(
  `\\b(?:dice|rolls?|rolled)\\b[^.!?\\n]{0,30}?\\b(${DIE}(?:,? (?:and )?${DIE}){2,})\\b`,
  'gi',
)

const MAX_FIGURES = 20

const digitsOf = (number: string): string => NUMBERS.get(number.toLowerCase()) ?? plain(number)

/** Outcomes that no result gives, though their figure may stand elsewhere: `6 successes` after 6 dice. */
function falseClaims(narration: string, { figures, claims }: Witnesses): string[] {
  return CLAIMS.flatMap(([claim, form]) =>
    [...narration.matchAll(form)].flatMap(([said, number]) => {
      const digits = digitsOf(number!)
      const isMarked = number === digits && !figures.has(digits)
      // None of something is what every table begins with.
      return isMarked || digits === '0' || claims[claim].has(digits) ? [] : [said]
    }),
  )
}

/** Whether some roll shows these dice, in any order, perhaps with others. */
function isRolled(list: readonly string[], dice: readonly number[][]): boolean {
  return dice.some((rolled) => {
    const left = rolled.map(String)
    return list.every((die) => {
      const at = left.indexOf(die)
      if (at >= 0) left.splice(at, 1)
      return at >= 0
    })
  })
}

function falseLists(narration: string, { figures, dice }: Witnesses): string[] {
  const inFigures = (narration.match(LIST) ?? []).filter((said) => figuresOf(said).every((die) => figures.has(die)))
  const inWords = [...narration.matchAll(LIST_IN_WORDS)].map(([, said]) => said!)
  return [...inFigures, ...inWords].filter((said) => !isRolled(diceOf(said), dice))
}

const diceOf = (list: string): string[] =>
  list.match(/\d+|[a-z]+/gi)!.flatMap((word) => (word.toLowerCase() === 'and' ? [] : [digitsOf(word)]))

/**
 * What a narration states without a witness, each once, at most 20 entries: figures that are nowhere, then outcomes
 * and lists of dice that no result of the turn has. Of figures in words only outcomes and dice are compared, and those
 * in English. Digits of every script count, and emphasis within an outcome hides nothing.
 */
export function unwitnessedIn(narration: string, witnesses: Witnesses): string[] {
  const read = inPlainDigits(narration)
  const figures = figuresOf(read).filter((figure) => !witnesses.figures.has(figure))
  const found = [...figures, ...falseClaims(read, witnesses), ...falseLists(read, witnesses)]
  return [...new Set(found)].slice(0, MAX_FIGURES)
}
