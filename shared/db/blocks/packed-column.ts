// The values of one column of a block, as bits that both this file and SQL (`packed_…` functions of the migrations) can
// read at any place: a head, then one code of equal width for each row.
//
//   width   8 bits   of a code
//   flags   8 bits   128: code 0 is null; the rest says what a number means, see Meaning
//   base   32 bits   (64 for moments) signed
//   slope  32 bits   (64 for moments) signed, in 65,536ths
//   codes            value n = base + (n * slope >> 16) + code
//
// A line through the values leaves little to be kept of what grows evenly, such as moments and counters.

/** Values as they are in a block: moments in microseconds since 2000, booleans as 0 and 1. */
export type Values = readonly (number | null)[]

const NULLABLE = 128
const BITS = 15
const MAX_DECIMALS = 6
const SCALE = 65_536
/** A line is tried for values that grow by less than this: what is computed stays exact below 2^53. */
const MAX_GROWTH = 2 ** 36
const LONG = { head: 18, int: 8 }
const SHORT = { head: 10, int: 4 }

const float = new Float32Array(1)
const floatBits = new Int32Array(float.buffer)
const bitsOf = (value: number): number => {
  float[0] = value
  return floatBits[0]!
}
const floatOf = (bits: number): number => {
  floatBits[0] = bits
  return float[0]!
}

interface Line {
  base: number
  slope: number
  width: number
}

const widthOf = (greatest: number): number => (greatest === 0 ? 0 : Math.floor(Math.log2(greatest)) + 1)

/** The least and greatest distance of values from a line, as base and width of the codes. */
function fit(values: Values, slope: number, extra: number): Line {
  let least = Infinity
  let greatest = -Infinity
  for (let n = 0; n < values.length; n++) {
    const value = values[n]
    if (value === null || value === undefined) continue
    const rest = value - Math.floor((n * slope) / SCALE)
    if (rest < least) least = rest
    if (rest > greatest) greatest = rest
  }
  return { base: least, slope, width: widthOf(greatest - least + extra) }
}

function bestLine(values: Values, isLong: boolean, extra: number): Line {
  const flat = fit(values, 0, extra)
  if (flat.width <= 1) return flat
  let first = 0
  while (values[first] === null) first++
  let last = values.length - 1
  while (values[last] === null) last--
  const growth = values[last]! - values[first]!
  const slope = last > first ? Math.round((growth * SCALE) / (last - first)) : 0
  if (slope === 0 || Math.abs(growth) >= MAX_GROWTH) return flat
  const steep = fit(values, slope, extra)
  const fits = isLong || (steep.base === (steep.base | 0) && slope === (slope | 0))
  return fits && steep.width < flat.width ? steep : flat
}

/** Writes codes of up to 53 bits one after the other, the highest bit first. */
function writeCodes(into: Buffer, from: number, width: number, codes: (n: number) => number, count: number): void {
  let held = 0
  let heldBits = 0
  let at = from
  const push = (part: number, bits: number) => {
    held = (held << bits) | part
    heldBits += bits
    while (heldBits >= 8) {
      heldBits -= 8
      into[at++] = (held >>> heldBits) & 255
    }
    held &= (1 << heldBits) - 1
  }
  for (let n = 0; n < count; n++) {
    const code = codes(n)
    if (width > 40) push(Math.floor(code / 2 ** 40) & 0xffff, width - 40)
    if (width > 20) push(Math.floor(code / 2 ** 20) & 0xfffff, Math.min(width, 40) - 20)
    push(code & 0xfffff, Math.min(width, 20))
  }
  if (heldBits > 0) into[at] = (held << (8 - heldBits)) & 255
}

function pack(values: Values, meaning: number, isLong: boolean): Buffer {
  const nullable = values.includes(null)
  const extra = nullable ? 1 : 0
  const { base, slope, width } = bestLine(values, isLong, extra)
  const { head, int } = isLong ? LONG : SHORT
  const packed = Buffer.alloc(head + Math.ceil((width * values.length) / 8))
  packed[0] = width
  packed[1] = meaning | (nullable ? NULLABLE : 0)
  if (isLong) {
    packed.writeBigInt64BE(BigInt(base), 2)
    packed.writeBigInt64BE(BigInt(slope), 2 + int)
  } else {
    packed.writeInt32BE(base, 2)
    packed.writeInt32BE(slope, 2 + int)
  }
  const code = (n: number) => {
    const value = values[n]!
    return value === null ? 0 : value - Math.floor((n * slope) / SCALE) - base + extra
  }
  if (width > 0) writeCodes(packed, head, width, code, values.length)
  return packed
}

/** Packs moments, or distances of moments; below 2^51. Null when all are null. */
export function packMoments(values: Values): Buffer | null {
  if (values.every((value) => value === null)) return null
  const isWhole = values.every((value) => value === null || value % 1000 === 0)
  return isWhole
    ? pack(
        values.map((value) => (value === null ? null : value / 1000)),
        1,
        true,
      )
    : pack(values, 0, true)
}

/** Packs whole numbers of 32 bits. Null when all are null. */
export const packInts = (values: Values): Buffer | null =>
  values.every((value) => value === null) ? null : pack(values, 0, false)

/** The values times a power of ten, if that says them exactly. */
function decimalsOf(values: Values, digits: number): (number | null)[] | null {
  const power = 10 ** digits
  const scaled: (number | null)[] = []
  for (const value of values) {
    if (value === null) {
      scaled.push(null)
      continue
    }
    const whole = Math.round(value * power)
    // Minus zero has no decimals: its bits are kept.
    if (!Object.is(whole, whole | 0) || Math.fround(whole / power) !== value) return null
    scaled.push(whole)
  }
  return scaled
}

/** Packs reals of 32 bits, exactly: as decimals where these are short, else as their bits. Null when all are null. */
export function packReals(values: Values): Buffer | null {
  if (values.every((value) => value === null)) return null
  const asBits = pack(
    values.map((value) => (value === null ? null : bitsOf(value))),
    BITS,
    false,
  )
  if (asBits[0] === 0) return asBits
  for (let digits = 0; digits <= MAX_DECIMALS; digits++) {
    const scaled = decimalsOf(values, digits)
    if (!scaled) continue
    const asDecimals = pack(scaled, digits + 1, false)
    return asDecimals.length < asBits.length ? asDecimals : asBits
  }
  return asBits
}

/** What the codes of a packed column say. */
interface Head {
  width: number
  meaning: number
  nullable: boolean
  base: number
  slope: number
  /** Where the codes begin, in bytes. */
  from: number
}

function headOf(packed: Buffer, isLong: boolean): Head {
  const { head, int } = isLong ? LONG : SHORT
  const read = (at: number) => (isLong ? Number(packed.readBigInt64BE(at)) : packed.readInt32BE(at))
  return {
    width: packed[0]!,
    meaning: packed[1]! & 127,
    nullable: packed[1]! >= NULLABLE,
    base: read(2),
    slope: read(2 + int),
    from: head,
  }
}

/** One code, wherever it begins. */
function codeAt(packed: Buffer, from: number, width: number, n: number): number {
  let at = from * 8 + n * width
  let left = width
  let code = 0
  while (left > 0) {
    const inByte = 8 - (at & 7)
    const take = left < inByte ? left : inByte
    code = code * 2 ** take + ((packed[at >> 3]! >> (inByte - take)) & ((1 << take) - 1))
    at += take
    left -= take
  }
  return code
}

/** What a number of a column means. */
function meaningOf(meaning: number, isLong: boolean): (value: number) => number {
  if (isLong) return meaning === 1 ? (value) => value * 1000 : (value) => value
  if (meaning === 0) return (value) => value
  if (meaning === BITS) return floatOf
  const power = 10 ** (meaning - 1)
  return (value) => Math.fround(value / power)
}

/**
 * Reads a packed column, from one row up to another.
 * @param packed as the functions above made it; null for a column of nulls
 * @param isLong of moments
 */
export function unpack(packed: Buffer | null, isLong: boolean, from: number, to: number): (number | null)[] {
  if (packed === null) return new Array<null>(to - from).fill(null)
  const head = headOf(packed, isLong)
  const { width, nullable, slope } = head
  const meant = meaningOf(head.meaning, isLong)
  const first = nullable ? head.base - 1 : head.base
  const values = new Array<number | null>(to - from)
  if (width === 0 && slope === 0) return values.fill(meant(first))
  const code = codeReader(packed, head)
  for (let n = from; n < to; n++) {
    const read = code(n)
    values[n - from] = nullable && read === 0 ? null : meant(first + Math.floor((n * slope) / SCALE) + read)
  }
  return values
}

/** Reads codes that lie within four bytes at once, others byte by byte. */
function codeReader(packed: Buffer, { width, from }: Head): (n: number) => number {
  if (width === 0) return () => 0
  if (width > 24) return (n) => codeAt(packed, from, width, n)
  const mask = 2 ** width - 1
  return (n) => {
    const at = from * 8 + n * width
    const byte = at >> 3
    // Bytes beyond the end count as zero, and are never part of a code.
    const word = (packed[byte]! << 24) | (packed[byte + 1]! << 16) | (packed[byte + 2]! << 8) | packed[byte + 3]!
    const right = 32 - width - (at & 7)
    return (word >>> right) & mask
  }
}
