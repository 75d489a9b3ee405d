import { isRecord, wellFormed } from '../coerce.ts'
import { toNumber } from '../numbers.ts'
import { unsignedId } from '../fields.ts'

/** An item as the plugin's record tells it, read leniently: PascalCase or snake_case, computed fields or property bags. */
export interface Item {
  gameId: number
  name: string | null
  objectClass: number | null
  icon: number | null
  /** Container's unsigned id, 0 for the body; undefined when the record does not tell. */
  containerId: number | undefined
  wieldedLocation: number | null | undefined
  stack: number | null
  value: number | null
  burden: number | null
  armorLevel: number | null
  workmanship: number | null
  material: number | null
  setId: number | null
  tinks: number | null
  /** The record carries appraisal data. */
  appraised: boolean
  /** Property bags and spells by the game's keys and ids; null when the record does not speak of them at all. */
  intValues: Record<string, number> | null
  doubleValues: Record<string, number> | null
  boolValues: Record<string, boolean> | null
  stringValues: Record<string, string> | null
  spells: number[] | null
  activeSpells: number[] | null
}

// Keys of the plugin's property bags; the large ones are Decal's own.
const INT = {
  burden: '5',
  wielded: '10',
  value: '19',
  armorLevel: '28',
  workmanship: '105',
  material: '131',
  tinks: '171',
  setId: '265',
  icon: '218103809',
  container: '218103810',
  stack: '218103814',
}
const SALVAGE_WORKMANSHIP = '167772169'
const NAME = '1'
const INT32 = 2_147_483_647

/** Reads one item record. Returns the reason when it is none: only an id is asked for. */
export function readItem(raw: unknown): Item | { reason: string } {
  if (!isRecord(raw)) return { reason: 'is no object' }
  const id = idOf(raw.Id ?? raw.id ?? raw.item_id)
  if (id === null) return { reason: 'has no usable id' }
  const ints = numbers(raw.IntValues ?? raw.int_values)
  const doubles = numbers(raw.DoubleValues ?? raw.double_values)
  const strings = texts(raw.StringValues ?? raw.string_values)
  const spells = spellIds(raw.Spells ?? raw.spells)
  const pick = (key: string, ...names: string[]) => bounded(ints?.[key]) ?? bounded(firstNumber(raw, names))
  const worn = ints?.[INT.wielded] ?? firstNumber(raw, ['CurrentWieldedLocation', 'current_wielded_location'])

  return {
    gameId: id,
    name: nameOf(raw.Name ?? raw.name) ?? strings?.[NAME] ?? null,
    objectClass: bounded(firstNumber(raw, ['ObjectClass', 'object_class'])),
    icon: pick(INT.icon, 'Icon', 'icon'),
    containerId:
      idOf(present(toNumber(raw.ContainerId ?? raw.container_id))) ?? idOf(ints?.[INT.container]) ?? undefined,
    wieldedLocation: worn === undefined ? undefined : worn === 0 || worn === -1 ? null : (idOf(worn) ?? undefined),
    stack: pick(INT.stack, 'StackCount', 'stack_count'),
    value: pick(INT.value, 'Value', 'value'),
    burden: pick(INT.burden, 'Burden', 'burden'),
    armorLevel: pick(INT.armorLevel, 'ArmorLevel', 'armor_level'),
    workmanship:
      sane(doubles?.[SALVAGE_WORKMANSHIP]) ??
      sane(ints?.[INT.workmanship]) ??
      sane(firstNumber(raw, ['Workmanship', 'workmanship'])),
    material: pick(INT.material),
    setId: pick(INT.setId),
    tinks: pick(INT.tinks, 'Tinks', 'tinks'),
    appraised: raw.HasIdData === true || raw.has_id_data === true,
    intValues: ints,
    doubleValues: doubles,
    boolValues: flags(raw.BoolValues ?? raw.bool_values),
    stringValues: strings,
    spells,
    activeSpells: spellIds(raw.ActiveSpells ?? raw.active_spells),
  }
}

// The plugin's class answers -1 for a property it does not have.
const present = (value: number | undefined): number | null => (value === undefined || value === -1 ? null : value)
const sane = (value: number | undefined): number | null =>
  present(value) !== null && Math.abs(value!) <= 1_000 ? (Math.abs(value!) < 1e-37 ? 0 : value!) : null
const bounded = (value: number | undefined): number | null =>
  present(value) !== null && Math.abs(value!) <= INT32 ? Math.trunc(value!) : null
const nameOf = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? wellFormed(value).slice(0, 256) : null

function idOf(value: unknown): number | null {
  const id = toNumber(value)
  return id === undefined || !Number.isInteger(id) || id < -2_147_483_648 || id > 4_294_967_295 ? null : unsignedId(id)
}

function firstNumber(raw: Record<string, unknown>, names: string[]): number | undefined {
  for (const name of names) {
    const value = toNumber(raw[name])
    if (value !== undefined) return value
  }
  return undefined
}

/** A bag of values as `read` understands them; nearly every one is plain throughout, and need not be copied. */
function bag<V>(
  value: unknown,
  isPlain: (value: unknown) => boolean,
  read: (value: unknown) => V | undefined,
): Record<string, V> | null {
  if (!isRecord(value)) return null
  if (holdsOnly(value, isPlain)) return value as Record<string, V>
  const result: Record<string, V> = {}
  for (const [key, given] of Object.entries(value)) {
    const part = key === '__proto__' ? undefined : read(given)
    if (part !== undefined) result[wellFormed(key)] = part
  }
  return result
}
const numbers = (value: unknown) => bag(value, Number.isFinite, toNumber)
const texts = (value: unknown) => bag(value, isPlainText, (given) => (typeof given === 'string' ? wellFormed(given) : undefined)) // prettier-ignore
const flags = (value: unknown) =>
  bag(value, isFlag, (given) => (isFlag(given) ? given : given === 'true' ? true : given === 'false' ? false : undefined)) // prettier-ignore
const isPlainText = (value: unknown) => typeof value === 'string' && value === wellFormed(value)
const isFlag = (value: unknown) => typeof value === 'boolean'

/** The game's keys are numbers of at most ten digits. */
function holdsOnly(bag: Record<string, unknown>, isPlain: (value: unknown) => boolean): boolean {
  for (const key in bag) if (!isPlain(bag[key]) || key.length > 10 || key === '__proto__') return false
  return true
}

function spellIds(value: unknown): number[] | null {
  return Array.isArray(value)
    ? value
        .map(toNumber)
        .filter((id): id is number => id !== undefined && Number.isInteger(id) && Math.abs(id) <= INT32)
    : null
}
