// Figures in a narration that nothing in the turn vouches for.
import { digitsOf, NUMBER } from './number-words.ts'
import { inPlainDigits } from './plain-digits.ts'
import { DECIMAL, figuresOf, type Claim, type Witnesses } from './witnesses.ts'

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
    ['dice', `${NUMBER} ?[dw]6`],
    ['dice', `(?:roll|throw)(?:s|ed|ing|n)? (?:a |all |your |his |her |its |their )?${NUMBER} (?:[a-z]+ )?dice`],
  ] as const
).map(([claim, form]) => [claim, new RegExp(`(?<![\\p{L}\\d]|\\d\\.)${form}(?![\\p{L}\\d])`, 'giu')])

/** Three figures or more in a row: dice, as a narration lists them. */
const LIST = /\d{1,2}(?:(?:[,;] ?(?:and )?| ?[/·+] ?|-|\]? ?\[| and | )\d{1,2}){2,}(?![\d.]\d)/g
const DIE = '(?:an? )?(?:one|two|three|four|five|six)'
/** The same in words, which count other things too: after a word for dice. */
const LIST_IN_WORDS = new RegExp(
  `\\b(?:dice|rolls?|rolled)\\b[^.!?\\n]{0,30}?\\b(${DIE}(?:,? (?:and )?${DIE}){2,})\\b`,
  'gi',
)

/** Dice by their face: `three sixes`. */
const FACES = ['ones', 'twos', 'threes', 'fours', 'fives', 'sixes']
const SAME_DICE = new RegExp(`(?<![\\p{L}\\d])${NUMBER} (${FACES.join('|')})(?!\\p{L})`, 'giu')
/** `8d6` names a number of dice; its 6 is no figure. */
const KIND_OF_DIE = /(?<=\d ?)[dw]6(?![\p{L}\d])/giu

const MAX_FIGURES = 20

/** Outcomes that no result gives, though their figure may stand elsewhere: `6 successes` after 6 dice. */
function falseClaims(narration: string, { figures, claims }: Witnesses): string[] {
  return CLAIMS.flatMap(([claim, form]) =>
    [...narration.matchAll(form)].flatMap(([said, number]) => {
      const digits = digitsOf(number!)
      const isMarked = /^\d/.test(number!) && !figures.has(digits)
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

/** More dice of a face than any roll shows. */
function falseCounts(narration: string, { dice }: Witnesses): string[] {
  return [...narration.matchAll(SAME_DICE)].flatMap(([said, number, name]) => {
    const face = FACES.indexOf(name!.toLowerCase()) + 1
    const count = Number(digitsOf(number!))
    return dice.some((rolled) => rolled.filter((die) => die === face).length >= count) ? [] : [said]
  })
}

function falseLists(narration: string, { figures, dice }: Witnesses): string[] {
  const inFigures = (narration.match(LIST) ?? []).filter((said) => figuresOf(said).every((die) => figures.has(die)))
  const inWords = [...narration.matchAll(LIST_IN_WORDS)].map(([, said]) => said!)
  return [...inFigures, ...inWords].filter((said) => !isRolled(diceOf(said), dice))
}

const diceOf = (list: string): string[] =>
  list.match(/\d+|[a-z]+/gi)!.flatMap((word) => (/^(?:and|an?)$/i.test(word) ? [] : [digitsOf(word)]))

/** `12,000` as 12000 where that has a witness: money is written so, and dice are not. */
const withoutGrouping = (narration: string, { figures }: Witnesses): string =>
  narration.replace(/(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/g, (grouped) => {
    const whole = grouped.replaceAll(',', '')
    return figures.has(whole) ? whole : grouped
  })

/**
 * What a narration states without a witness, each once, at most 20 entries: figures that are nowhere, then outcomes,
 * numbers of dice and lists of dice that no result of the turn has. Of figures in words only outcomes and dice are
 * compared, and those in English. Digits of every script count, and emphasis within an outcome hides nothing.
 */
export function unwitnessedIn(narration: string, witnesses: Witnesses): string[] {
  const read = withoutGrouping(inPlainDigits(narration), witnesses)
  // A number with a decimal is one figure: neither half vouches for it.
  const decimals = read.match(DECIMAL) ?? []
  const others = figuresOf(read.replace(DECIMAL, ' ').replace(KIND_OF_DIE, ' '))
  const figures = [...decimals, ...others].filter((figure) => !witnesses.figures.has(figure))
  const found = [
    ...figures,
    ...falseClaims(read, witnesses),
    ...falseCounts(read, witnesses),
    ...falseLists(read, witnesses),
  ]
  return [...new Set(found)].slice(0, MAX_FIGURES)
}
