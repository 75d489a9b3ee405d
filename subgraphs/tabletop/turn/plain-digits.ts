// Text as its figures can be compared: a model may write them in any script, emphasized, or as pictures of dice.

const DIGIT = /\p{Nd}/u

/** The value of a decimal digit of any script: Unicode has the ten of a script in a row. */
function valueOf(digit: string): string {
  const code = digit.codePointAt(0)!
  let value = 0
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value++
  return String(value)
}

/** A text with ASCII digits, dice as their faces, single spaces, and without emphasis and invisible characters. */
export const inPlainDigits = (text: string): string =>
  text
    .replace(/\p{No}/gu, (number) => ` ${number} `) // circled and raised ones: each is a figure of its own
    .normalize('NFKC')
    .replace(/[\u2680-\u2685]/g, (die) => ` ${die.charCodeAt(0) - 0x267f} `)
    .replace(/\p{Cf}|[*_`~]/gu, '')
    .replace(/(?![0-9])\p{Nd}/gu, valueOf)
    .replace(/[^\S\n]+/g, ' ')
