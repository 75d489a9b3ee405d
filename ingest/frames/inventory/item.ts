import { setId } from '../../../shared/world/dereth/equipment-sets.ts'
import { objectClassNumber } from '../../../shared/world/dereth/object-class.ts'
import { materialId } from '../../../shared/world/dereth/materials.ts'
import { toBoolean } from '../../../shared/contract/coerce.ts'
import { isRecord, wellFormed } from '../../../shared/contract/json-value.ts'
import { unsignedId } from '../../../shared/contract/fields.ts'
import { Left } from '../../../shared/contract/left.ts'
import { toNumber, toWhole } from '../../../shared/contract/numbers.ts'
import { isNone, readFlags, readInts, readNumbers, readSpells, readTexts, toFigure, within32 } from './item-bags.ts'
import { withFields } from './item-fields.ts'

/** An item as in the plugin's record, read leniently: PascalCase or snake_case, computed fields or property bags. */
export interface Item {
  gameId: number
  name: string | null
  objectClass: number | null
  icon: number | null
  /** Container's unsigned id, 0 for the body; undefined when the record does not name it. */
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
/** The weenie class in the bag of whole numbers: what an item is, whatever its id. */
export const CLASS_KEY = '218103808'
const SALVAGE_WORKMANSHIP = '167772169'
const NAME = '1'

/**
 * Reads one item record. Returns the reason when it is none: only an id is asked for.
 * @param left receives what was left out, below `path`
 */
export function readItem(raw: unknown, left = new Left(), path = 'item'): Item | { reason: string } {
  if (!isRecord(raw)) return { reason: 'is no object' }
  const id = idOf(raw.Id ?? raw.id ?? raw.item_id)
  if (id === undefined) return { reason: 'has no usable id' }
  const ints = withFields(raw, readInts(raw.IntValues ?? raw.int_values, left, path), left, path)
  const doubles = readNumbers(raw.DoubleValues ?? raw.double_values, left, path)
  const strings = readTexts(raw.StringValues ?? raw.string_values, left, path)

  /** A value as `read` understands it: null where there is none, or none that can be understood. */
  const understood = <V>(given: unknown, read: (given: unknown) => V | undefined, name: string): V | null => {
    if (isNone(given)) return null
    const value = read(given)
    if (value === undefined) left.drop(`${path}/${name}`)
    return value ?? null
  }
  const pick = (key: string, name: string, snake: string, read = figure) =>
    understood(ints?.[key], figure, 'IntValues/*') ?? understood(raw[name] ?? raw[snake], read, name)
  const worn = ints?.[INT.wielded] ?? raw.CurrentWieldedLocation ?? raw.current_wielded_location

  return {
    gameId: id,
    name: understood(raw.Name ?? raw.name, words, 'Name') ?? strings?.[NAME] ?? null,
    objectClass: understood(raw.ObjectClass ?? raw.object_class, classOf, 'ObjectClass'),
    icon: pick(INT.icon, 'Icon', 'icon'),
    containerId: understood(raw.ContainerId ?? raw.container_id, idOf, 'ContainerId') ?? idOf(ints?.[INT.container]),
    wieldedLocation: isNowhere(worn) ? null : (understood(worn, idOf, 'CurrentWieldedLocation') ?? undefined),
    stack: pick(INT.stack, 'StackCount', 'stack_count'),
    value: pick(INT.value, 'Value', 'value'),
    burden: pick(INT.burden, 'Burden', 'burden'),
    armorLevel: pick(INT.armorLevel, 'ArmorLevel', 'armor_level'),
    workmanship:
      understood(doubles?.[SALVAGE_WORKMANSHIP], sane, 'DoubleValues/*') ??
      understood(ints?.[INT.workmanship], sane, 'IntValues/*') ??
      understood(raw.Workmanship ?? raw.workmanship, sane, 'Workmanship'),
    material: pick(INT.material, 'Material', 'material', materialOf),
    setId: pick(INT.setId, 'ItemSet', 'item_set', setOf),
    tinks: pick(INT.tinks, 'Tinks', 'tinks'),
    appraised: understood(raw.HasIdData ?? raw.has_id_data, toBoolean, 'HasIdData') ?? false,
    intValues: ints,
    doubleValues: doubles,
    boolValues: readFlags(raw.BoolValues ?? raw.bool_values, left, path),
    stringValues: strings,
    spells: readSpells(raw.Spells ?? raw.spells, 'Spells', left, path),
    activeSpells: readSpells(raw.ActiveSpells ?? raw.active_spells, 'ActiveSpells', left, path),
  }
}

const isNowhere = (worn: unknown): boolean => worn === 0 || worn === -1 || worn === '0' || worn === '-1'
const figure = (given: unknown): number | undefined =>
  within32(typeof given === 'number' ? Math.trunc(given) : toWhole(toFigure(given)))
const sane = (given: unknown): number | undefined => {
  const value = toNumber(given)
  return value === undefined || Math.abs(value) > 1_000 ? undefined : Math.abs(value) < 1e-37 ? 0 : value
}
const words = (given: unknown): string | undefined =>
  typeof given === 'string' ? wellFormed(given).slice(0, 256) : undefined
const idOf = (given: unknown): number | undefined => {
  const id = typeof given === 'number' ? given : toWhole(given)
  return id === undefined || !Number.isInteger(id) || id < -2_147_483_648 || id > 4_294_967_295
    ? undefined
    : unsignedId(id)
}

// The plugin's class shows these in words, and other tellers too.
const byName =
  (read: (name: string) => number | null) =>
  (given: unknown): number | undefined =>
    figure(given) ?? (typeof given === 'string' ? (read(given) ?? undefined) : undefined)
const classOf = byName(objectClassNumber)
const materialOf = byName(materialId)
const setOf = byName((name) => setId(name) ?? setId(`${name} Set`))
