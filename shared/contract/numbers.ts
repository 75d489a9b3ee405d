// Numbers as clients of any country write them: .NET's ToString() goes by its user's settings.

/** Signs between groups of three digits. Those of the second kind are never a decimal sign. */
const GROUPED = /^([-+]?[1-9]\d{0,2}(?:([., \u00a0\u202f'’])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?$/
const SIGNS = /[., \u00a0\u202f'’]/g

/**
 * A finite number from a number or its text; undefined otherwise. One lone comma or point is a decimal sign; groups are
 * understood where nothing else can be meant: `1,234.50`, `1.234,50`, `1 234,50`, `1,234,567`.
 */
export function toNumber(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const number = Number(value)
    if (number !== 0 && Number.isFinite(number)) return number // zero is what blanks give, too
    const text = value.trim()
    if (text === '') return undefined
    value = /^[-+]?\d+,\d+$/.test(text) ? Number(text.replace(',', '.')) : (grouped(text) ?? Number(text))
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A number with unambiguous groups of digits. */
function grouped(text: string): number | undefined {
  const match = GROUPED.exec(text)
  if (!match) return undefined
  const [, whole, group, decimal, fraction = '0'] = match
  if (group === decimal) return undefined
  if (decimal === undefined && (group === '.' || group === ',') && whole!.split(group).length === 2) return undefined
  return Number(`${whole!.replaceAll(SIGNS, '')}.${fraction}`)
}

/** Digits that a double holds exactly. */
const MAX_DIGITS = 15

/**
 * A whole number from a number, of which the fraction is cut off, or from its text; undefined otherwise. Of text
 * `1,234` and `1.234` are groups, since nothing has a fraction here; a fraction other than of zeros is not understood.
 */
export function toWhole(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? Math.trunc(value) : undefined
  if (typeof value !== 'string') return undefined
  // digits alone, nearly always
  let number = value.length > 0 && value.length <= MAX_DIGITS ? 0 : NaN
  for (let i = 0; i < value.length && number === number; i++) {
    const digit = value.charCodeAt(i) - 48
    number = digit >= 0 && digit <= 9 ? number * 10 + digit : NaN
  }
  return number === number ? number : wordedWhole(value.trim())
}

const ALL_GROUPS = /^[-+]?[1-9]\d{0,2}(?:([., \u00a0\u202f'’])\d{3})(?:\1\d{3})*$/

function wordedWhole(text: string): number | undefined {
  const number = ALL_GROUPS.test(text) ? Number(text.replaceAll(SIGNS, '')) : toNumber(text)
  return Number.isInteger(number) ? number : undefined
}
