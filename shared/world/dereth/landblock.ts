/**
 * A landblock as four hex digits (`01E9`), from any of its forms: `0x01E9`, `01E9`, `01e90000`, a cell's number
 * (`0x01E90104`), or a number of 16 or 32 bits, signed or not. Text is always hexadecimal. Null when it is none.
 */
export function landblockName(given: unknown): string | null {
  if (typeof given === 'number') return Number.isInteger(given) ? fromNumber(given) : null
  if (typeof given !== 'string') return null
  const digits = /^\s*(?:0x|#)?([0-9a-f]{1,8})h?\s*$/i.exec(given)?.[1]
  if (digits === undefined) return null
  return (digits.length <= 4 ? digits.padStart(4, '0') : digits.padStart(8, '0').slice(0, 4)).toUpperCase()
}

function fromNumber(given: number): string | null {
  if (given < -2_147_483_648 || given > 4_294_967_295) return null
  const unsigned = given >>> 0
  return (unsigned > 0xffff ? unsigned >>> 16 : unsigned).toString(16).padStart(4, '0').toUpperCase()
}
