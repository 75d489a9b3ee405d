// The property bags of an item: values by the game's keys.
import { toBoolean } from '../../../shared/contract/coerce.ts'
import { isRecord, wellFormed } from '../../../shared/contract/json-value.ts'
import type { Left } from '../../../shared/contract/left.ts'
import { toNumber, toWhole } from '../../../shared/contract/numbers.ts'

const INT32 = 2_147_483_647

/** Values of one bag; a real item has below two hundred. More would make one item as long as a frame. */
const MAX_VALUES = 4_096

type Bag<V> = Record<string, V> | null
type BagReader<V> = (value: unknown, left: Left, path: string) => Bag<V>

/** Reads bags of values as `read` understands them; nearly every one is plain throughout, and need not be copied. */
function bagReader<V>(
  name: string,
  isPlain: (value: unknown) => boolean,
  read: (value: unknown) => V | undefined,
): BagReader<V> {
  /** The game's keys are numbers of at most ten digits. */
  const isPlainBag = (bag: Record<string, unknown>): boolean => {
    let values = 0
    for (const key in bag)
      if (!isPlain(bag[key]) || key.length > 10 || key === '__proto__' || ++values > MAX_VALUES) return false
    return true
  }
  return (value, left, path) => {
    if (value === undefined || value === null) return null
    if (!isRecord(value)) {
      left.drop(`${path}/${name}`)
      return null
    }
    if (isPlainBag(value)) return value as Record<string, V>
    const entries = Object.entries(value)
    if (entries.length > MAX_VALUES) {
      left.drop(`${path}/${name}`)
      return null
    }
    const result: Record<string, V> = {}
    for (const [key, given] of entries) {
      if (key === '__proto__' || given === null) continue
      const part = read(given)
      if (part === undefined) left.drop(`${path}/${name}/*`)
      else result[wellFormed(key)] = part
    }
    return result
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'

/** A whole number, or one in words with a fraction, which items may have: nothing is counted up from them. */
export const toFigure = (given: unknown): number | undefined => toWhole(given) ?? toNumber(given)

/** The plugin's class answers -1 for a property an item does not have, and an empty text. */
export const isNone = (given: unknown): boolean =>
  given === undefined || given === null || given === -1 || given === '' || given === '-1'

/** INV9: beyond 32 bits there is no figure. */
export const within32 = (value: number | undefined): number | undefined =>
  value !== undefined && Math.abs(value) <= INT32 ? value : undefined

export const readInts = bagReader('IntValues', Number.isFinite, (given) =>
  Number.isFinite(given) ? (given as number) : toFigure(given),
)
export const readNumbers = bagReader('DoubleValues', Number.isFinite, toNumber)
export const readTexts = bagReader(
  'StringValues',
  (value) => isText(value) && value === wellFormed(value),
  (given) => (isText(given) ? wellFormed(given) : undefined),
)
export const readFlags = bagReader('BoolValues', (value) => typeof value === 'boolean', toBoolean)

/** Numbers of spells, without what is none. */
export function readSpells(value: unknown, name: string, left: Left, path: string): number[] | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value) || value.length > MAX_VALUES) {
    left.drop(`${path}/${name}`)
    return null
  }
  const spells = value.map(toWhole).filter((id): id is number => id !== undefined && Math.abs(id) <= INT32)
  if (spells.length < value.length) left.drop(`${path}/${name}/*`)
  return spells
}
