// What vouches for a figure in a narration: the numbers of results, of rolls, of the table and of the message.

import { inPlainDigits } from './plain-digits.ts'

/** What a figure is about, where a narration says so. */
export type Claim = 'successes' | 'boxes' | 'target number' | 'rounds left' | 'dice'

export interface Witnesses {
  /** Every figure, as text. */
  figures: Set<string>
  /** The figures that results give for each claim. */
  claims: Readonly<Record<Claim, Set<string>>>
  /** Dice as they fell: the faces and the totals of each roll. */
  dice: number[][]
}

/** Ids, hashes and secrets: their digits are random, and vouch for nothing. */
const RANDOM = /^(?:[0-9a-f]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:\.\d+)?)$/i

const CLAIM_OF_FIELD: readonly [field: RegExp, claim: Claim][] = [
  [/successes$/i, 'successes'],
  [/^(?:boxes|physical|stun)$/, 'boxes'],
  [/^(?:final_tn|target_number|targetNumber|sum|difficulty)$/, 'target number'],
  [/^rounds_left$/, 'rounds left'],
  // Dice are counted with their pools and without: `value` is one of their parts.
  [/^(?:dice|combat_pool|magic_pool|value|rating|used)$/, 'dice'],
]

/** A number with a decimal point, and neither a version nor the id of a roll. */
export const DECIMAL = /(?<![\w.-])\d+\.\d+(?!\.?\w)/g

/** A figure without zeros in front of it. */
export const plain = (digits: string): string => digits.replace(/^0+(?=\d)/, '')

/** The figures of a text, each as often as it is there. */
export const figuresOf = (text: string): string[] =>
  ((IS_ASCII.test(text) ? text : inPlainDigits(text)).match(/\d+/g) ?? []).map(plain)

const IS_ASCII = /^[ -~]*$/

/**
 * Gathers what vouches for figures.
 * @param values results and states, at any depth
 * @param said what was said: it vouches for figures and target numbers, but for no outcome
 * @param doubted figures that earlier narration stated without a witness: repeating them vouches for nothing
 */
export function witnessesIn(
  values: readonly unknown[],
  said = '',
  doubted: ReadonlySet<string> = new Set(),
): Witnesses {
  const vouched = [...figuresOf(said), ...(said.match(DECIMAL) ?? [])].filter((figure) => !doubted.has(figure))
  const found: Witnesses = {
    figures: new Set(vouched),
    claims: {
      ...{ successes: new Set(), boxes: new Set(), 'rounds left': new Set(), dice: new Set() },
      'target number': new Set(vouched),
    },
    dice: [],
  }
  for (const value of values) gather(found, '', value)
  return found
}

function gather(found: Witnesses, field: string, value: unknown): void {
  if (typeof value === 'number') {
    for (const figure of figuresOf(String(value))) found.figures.add(figure)
    for (const [form, claim] of CLAIM_OF_FIELD) if (form.test(field)) found.claims[claim].add(String(value))
  } else if (typeof value === 'string') {
    if (RANDOM.test(value)) return
    for (const figure of [...figuresOf(value), ...(value.match(DECIMAL) ?? [])]) found.figures.add(figure)
  } else if (Array.isArray(value)) {
    if (field === 'faces' || field === 'totals') found.dice.push(value.flat().filter((die) => typeof die === 'number'))
    for (const entry of value) gather(found, '', entry)
  } else if (typeof value === 'object' && value !== null)
    for (const [name, entry] of Object.entries(value)) {
      // A model names the modifiers of the game master itself.
      if (name === 'name' && (value as { source?: unknown }).source === 'game master') continue
      // Names of weapons are fields of ammunition.
      gather(found, '', name)
      gather(found, field === 'ammo' ? 'rounds_left' : name, entry)
    }
}
