// Figures in a narration that nothing in the turn vouches for.
import { figuresOf, plain, type Claim, type Witnesses } from './witnesses.ts'

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']
const NUMBER = `(\\d{1,4}|${WORDS.join('|')})`

/** How a narration says that a figure is an outcome. */
const CLAIMS: readonly [claim: Claim, form: RegExp][] = [
  ['successes', new RegExp(`\\b${NUMBER} (?:net )?success(?:es)?\\b`, 'gi')],
  ['boxes', new RegExp(`\\b${NUMBER} box(?:es)?\\b`, 'gi')],
  ['target number', new RegExp(`\\b(?:tn|target number)(?: of| is|:)? ?${NUMBER}\\b`, 'gi')],
]

/** Three figures or more in a row: dice, as a narration lists them. */
const LIST = /\d{1,2}(?:(?:, ?(?:and )?|\/| and | \+ ?|\+)\d{1,2}){2,}(?![\d.]\d)/g

const MAX_FIGURES = 20

const digitsOf = (number: string): string => {
  const word = WORDS.indexOf(number.toLowerCase())
  return word < 0 ? plain(number) : String(word)
}

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

const falseLists = (narration: string, { figures, dice }: Witnesses): string[] =>
  (narration.match(LIST) ?? []).filter((said) => {
    const list = figuresOf(said)
    return list.every((die) => figures.has(die)) && !isRolled(list, dice)
  })

/**
 * What a narration states without a witness, each once, at most 20 entries: figures that are nowhere, then outcomes
 * and lists of dice that no result of the turn has. Of figures in words only outcomes are compared.
 */
export function unwitnessedIn(narration: string, witnesses: Witnesses): string[] {
  const figures = figuresOf(narration).filter((figure) => !witnesses.figures.has(figure))
  const found = [...figures, ...falseClaims(narration, witnesses), ...falseLists(narration, witnesses)]
  return [...new Set(found)].slice(0, MAX_FIGURES)
}
