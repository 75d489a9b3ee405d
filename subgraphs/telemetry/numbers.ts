// Numbers of blocks as the database would have sent them.

const MOST_DIGITS = 9
/** Numbers of so many digits are told apart by 32 bits. */
const SAFE = 1_000_000
const POWERS = [1, 10, 100, 1_000, 10_000]
/** Smaller ones may have fewer digits than six. */
const TINY = 1e-30

/** A real of 32 bits by the fewest digits that tell it from others, as it is written: 87.9, not 87.9000015. */
export function shortest(value: number): number {
  for (const power of POWERS) {
    const whole = Math.round(value * power)
    if (whole > -SAFE && whole < SAFE && whole !== 0 && Math.fround(whole / power) === value) return whole / power
  }
  for (let digits = Math.abs(value) < TINY ? 1 : 6; digits < MOST_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === value) return short
  }
  return Number(value.toPrecision(MOST_DIGITS))
}

/** To a whole number; a half to the even one, as the database rounds. */
export function roundedEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
