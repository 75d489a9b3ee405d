// Numbers of blocks as the database would have sent them.

const MOST_DIGITS = 9
/** Below, the digit before the point and those behind it are all of weight: greater reals are more than one apart. */
const WHOLE = 2 ** 23
/** A real times one of these is exact in 64 bits, so its decimals are rounded right. */
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000]
/** Smaller ones may have fewer digits than six. */
const TINY = 1e-30

/** Just beyond a number seen from a real: what lies halfway to the next real is not the real's own. */
const BEYOND = 1 + 2 ** -20

/** A real of 32 bits by the fewest digits that tell it from others, as it is written: 87.9, not 87.9000015. */
export function shortest(value: number): number {
  if (value > -WHOLE && value < WHOLE && value !== 0)
    for (const power of POWERS) {
      const decimal = roundedEven(value * power) / power
      if (Math.fround(decimal) === value) return decimal
    }
  for (let digits = Math.abs(value) < TINY ? 1 : 6; digits < MOST_DIGITS; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(value + (short - value) * BEYOND) === value) return short
  }
  return Number(value.toPrecision(MOST_DIGITS))
}

/** To a whole number; a half to the even one, as the database rounds. */
export function roundedEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
