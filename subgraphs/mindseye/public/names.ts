// Whether a text names a character, however a reporter writes the name.

/** Characters without a form of their own, such as a space of no width: they may stand inside words, too. */
const UNSEEN = /\p{Cf}/gu
const NO_LETTERS = /[^\p{L}\p{N}]+/u
const patterns = new Map<string, RegExp | null>()
const MAX_PATTERNS = 10_000

/**
 * Finds the words of a name in their order, between characters that are no letters, with anything but letters between
 * them, or nothing. Null for a name without letters.
 */
function patternOf(name: string): RegExp | null {
  const known = patterns.get(name)
  if (known !== undefined) return known
  const words = name.normalize('NFKC').split(NO_LETTERS).filter(Boolean)
  const between = '[^\\p{L}\\p{N}]*'
  const pattern = words.length ? new RegExp(`(?<![\\p{L}\\p{N}])${words.join(between)}(?![\\p{L}\\p{N}])`, 'iu') : null
  if (patterns.size >= MAX_PATTERNS) patterns.clear()
  patterns.set(name, pattern)
  return pattern
}

/**
 * Whether a text has a name as whole words. Case, forms of letters that look alike, and what stands between the words
 * make no difference: `quiet_one` names Quiet One.
 */
export function namesWord(text: string, name: string): boolean {
  const pattern = patternOf(name)
  return pattern ? pattern.test(text.normalize('NFKC').replace(UNSEEN, '')) : text.includes(name)
}

/** The letters of a text alone, in small letters: it has those of every name that the text has. */
export const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
