// The parts of an `equipment_cantrip_state` frame that are read on request: the frame is stored as received.
import { isRecord, wellFormed } from './json-value.ts'
import { spanSeconds, unsignedId } from './fields.ts'
import { toNumber, toWhole } from './numbers.ts'

/** Names that the list of worn items goes by, today's first. */
export const WORN_ITEMS = ['items', 'Items', 'equipment'] as const

/** The worn items of a stored frame. */
export function wornItemsOf(raw: Readonly<Record<string, unknown>>): WornItem[] {
  const name = WORN_ITEMS.find((one) => raw[one] !== undefined && raw[one] !== null)
  return name === undefined ? [] : readWornItems(raw[name])
}

/** A worn item as in its frame. */
export interface WornItem {
  /** Unsigned 32-bit. */
  itemId: number
  name: string | null
  /** `active`, `not_active`, … as sent. */
  state: string | null
  currentMana: number | null
  maxMana: number | null
  secondsLeft: number | null
  spells: WornSpell[]
}

export interface WornSpell {
  spellId: number
  name: string | null
  active: boolean | null
}

const MAX_ITEMS = 200
const MAX_SPELLS = 200

/** The worn items of a frame: a list of records, or records by id. What has no id is passed over. */
export function readWornItems(items: unknown): WornItem[] {
  const records: unknown[] = Array.isArray(items)
    ? items
    : isRecord(items)
      ? Object.entries(items).map(([id, item]) => (isRecord(item) ? { item_id: id, ...item } : null))
      : []
  return records.slice(0, MAX_ITEMS).flatMap((record) => readWornItem(record) ?? [])
}

function readWornItem(raw: unknown): WornItem | null {
  if (!isRecord(raw)) return null
  const id = whole(raw['item_id'] ?? raw['id'] ?? raw['Id'])
  if (id === null || id < -2_147_483_648 || id > 4_294_967_295) return null
  const spells = raw['spells'] ?? raw['Spells']
  return {
    itemId: unsignedId(id),
    name: words(raw['name'] ?? raw['Name']),
    state: words(raw['state'] ?? raw['item_state'] ?? raw['ItemState']),
    currentMana: points(raw['current_mana'] ?? raw['mana'] ?? raw['CalculatedCurrentMana']),
    maxMana: points(raw['max_mana'] ?? raw['maximum_mana'] ?? raw['MaximumMana']),
    secondsLeft: seconds(
      raw['mana_time_remaining_seconds'] ??
        raw['seconds_left'] ??
        raw['time_remaining'] ??
        raw['mana_time_remaining'] ??
        raw['ManaTimeRemaining'],
    ),
    spells: Array.isArray(spells) ? spells.slice(0, MAX_SPELLS).flatMap((spell) => readSpell(spell) ?? []) : [],
  }
}

/** A spell is a record, or its bare number. */
function readSpell(raw: unknown): WornSpell | null {
  const record = isRecord(raw) ? raw : { spell_id: raw }
  const spellId = small(toWhole(record['spell_id'] ?? record['id'] ?? record['Id']))
  if (spellId === null) return null
  const active = record['active'] ?? record['is_active']
  return {
    spellId,
    name: words(record['name'] ?? record['Name']),
    active:
      typeof active === 'boolean'
        ? active
        : active === 'true' || active === 1
          ? true
          : active === 'false' || active === 0
            ? false
            : null,
  }
}

const within =
  (max: number) =>
  (value: number | undefined): number | null =>
    value === undefined || Math.abs(value) > max ? null : Math.trunc(value)
const exact = within(Number.MAX_SAFE_INTEGER)
/** Mana, seconds and spell numbers are `Int` in the graph: greater ones are nonsense, and read as not sent. */
const small = within(2_147_483_647)
const whole = (value: unknown): number | null => exact(toWhole(value))
/** The client says -1 of mana that it does not know. */
const points = (value: unknown): number | null => (toWhole(value) === -1 ? null : small(toWhole(value)))
/** Seconds, or a duration in words such as `02:15:20`; null for a negative one. */
function seconds(value: unknown): number | null {
  const left =
    typeof value === 'string' && value.includes(':') ? spanSeconds(value) : (toWhole(value) ?? toNumber(value))
  return left === undefined || left < 0 ? null : small(left)
}
const words = (value: unknown): string | null =>
  typeof value === 'string' && value !== ''
    ? wellFormed(value).slice(0, 256)
    : typeof value === 'number'
      ? String(value)
      : null
