// The fields an item record has: those read by name (item.ts), and figures the plugin computes from its bags.
import { imbueFlags } from '../../../shared/world/dereth/item-flags.ts'
import type { Left } from '../../../shared/contract/left.ts'
import { toWhole } from '../../../shared/contract/numbers.ts'
import { isNone, toFigure, within32 } from './item-bags.ts'

const snakeOf = (name: string): string =>
  name.replaceAll(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_').toLowerCase()
const bothWays = (names: string): string[] => names.split(/[\s,]+/).flatMap((name) => [name, snakeOf(name)])

/** Figures that stand in the bag of whole numbers, by its keys: read where a record shows them without the bag. */
const COMPUTED = new Map(
  Object.entries({
    EquipSkill: '218103840',
    Imbue: '179',
    LoreRequirement: '109',
    Mastery: '353',
    MaxDamage: '218103842',
    ElementalDmgBonus: '204',
    DamRating: '370',
    DamResistRating: '371',
    CritRating: '372',
    CritResistRating: '373',
    CritDamRating: '374',
    CritDamResistRating: '375',
    HealBoostRating: '376',
    VitalityRating: '379',
  }).flatMap(([name, key]) => bothWays(name).map((spelling) => [spelling, key] as const)),
)

const READ = `Id, HasIdData, LastIdTime, Name, ObjectClass, Icon, ContainerId, CurrentWieldedLocation, StackCount,
  Value, Burden, ArmorLevel, Workmanship, Material, ItemSet, Tinks, IntValues, DoubleValues, BoolValues, StringValues,
  Spells, ActiveSpells`
/** Computed of what the bags hold anyway. */
const LEFT_ALONE = `SalvageWorkmanship, WieldLevel, SkillLevel, Variance, DamageBonus, ElementalDamageVersusMonsters,
  AttackBonus, MeleeDefenseBonus, MagicDBonus, MissileDBonus, ManaCBonus, TotalRating, CalcedStartingArmorLevel,
  CalcedBuffedTinkedDoT, CalcedBuffedMissileDamage`
const KNOWN = new Set([...bothWays(READ), ...bothWays(LEFT_ALONE), 'item_id'])
const BUFFED = /^[Bb]uffed\w{1,40}$/

/** What there is to do for a record of these fields. */
interface Shape {
  names: readonly string[]
  computed: readonly (readonly [name: string, key: string])[]
  unknown: readonly string[]
}

/** Nearly every item has the fields of the one before: comparing costs a third of looking each up. */
let last: Shape = { names: [], computed: [], unknown: [] }

function shapeOf(raw: Record<string, unknown>): Shape {
  let count = 0
  for (const name in raw) if (name !== last.names[count++]) return learned(raw)
  return count === last.names.length ? last : learned(raw)
}

function learned(raw: Record<string, unknown>): Shape {
  const names = Object.keys(raw)
  const computed = names.flatMap((name) => (COMPUTED.has(name) ? [[name, COMPUTED.get(name)!] as const] : []))
  const unknown = names.filter((name) => !KNOWN.has(name) && !COMPUTED.has(name) && !BUFFED.test(name))
  const shape = { names, computed, unknown }
  if (!unknown.length) last = shape // what senders invent is not kept
  return shape
}

/**
 * An item's bag of whole numbers with the figures beside it; the bag wins. Reports unknown fields to `left`.
 */
export function withFields(
  raw: Record<string, unknown>,
  ints: Record<string, number> | null,
  left: Left,
  path: string,
): Record<string, number> | null {
  let all = ints
  const { computed, unknown } = shapeOf(raw)
  for (const name of unknown) left.unknown(path, name)
  for (const [name, key] of computed) {
    if (all?.[key] !== undefined) continue
    const value = figure(name, raw[name])
    if (value === undefined) left.drop(`${path}/${name}`)
    else if (value !== null) all = { ...all, [key]: value }
  }
  return all
}

/** Null for none, undefined for one that is not understood. */
function figure(name: string, given: unknown): number | null | undefined {
  if (isNone(given)) return null
  return within32(
    toWhole(toFigure(given)) ?? (typeof given === 'string' && /^imbue$/i.test(name) ? imbueFlags(given) : undefined),
  )
}
