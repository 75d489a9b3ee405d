// What a search must find, worked out the plain way from the frames that were sent. Knows the game's keys, and
// nothing of how we store.
import { materialName } from '../../../shared/world/dereth/materials.ts'
import { attributeKeys, skillKeys } from '../../../shared/world/dereth/skills.ts'
import { spellOf, tierRank, familyName, type SpellTier } from '../../../shared/world/dereth/spells.ts'
import type { Owner, RawItem } from './fleet.ts'

export interface NaiveItem {
  id: string
  owner: Owner
  record: RawItem
  name: string | null
}
type Bounds = { min?: number; max?: number } | undefined
interface Match {
  id?: number
  name?: string
  family?: number
  familyName?: string
  tier?: SpellTier
  atLeast?: SpellTier
}
export interface NaiveWhere {
  characters?: string[]
  text?: string
  equipped?: boolean
  objectClasses?: number[]
  slots?: string[]
  container?: number
  materials?: number[]
  sets?: number[]
  imbues?: string[]
  appraised?: boolean
  armorLevel?: Bounds
  workmanship?: Bounds
  tinks?: Bounds
  value?: Bounds
  burden?: Bounds
  maxDamage?: Bounds
  wieldLevel?: Bounds
  usableBy?: string
  tiers?: SpellTier[]
  spells?: { all?: Match[]; any?: Match[]; none?: Match[] }
  ratings?: { damage?: Bounds; critDamage?: Bounds; total?: Bounds }
}

const SLOT_BITS: Record<string, number> = {
  HEAD: 1,
  HANDS: 0x20,
  FEET: 0x100,
  CHEST: 0x200,
  ABDOMEN: 0x400,
  NECK: 0x8000,
  LEFT_WRIST: 0x10000,
  RIGHT_FINGER: 0x80000,
  TRINKET: 0x4000000,
  MELEE_WEAPON: 0x100000,
  PANTS: 0x40,
}
const IMBUE_BITS: Record<string, number> = {
  CRITICAL_STRIKE: 1,
  ARMOR_RENDING: 4,
  FIRE_RENDING: 512,
  MAGIC_DEFENSE: 4096,
  HEMATITED: 8192,
}
const VITALS = ['health', 'health', 'stamina', 'stamina', 'mana', 'mana']
const RATING_KEYS = ['370', '371', '372', '373', '374', '375', '376', '379']

export const itemsOf = (owners: readonly Owner[]): NaiveItem[] =>
  owners.flatMap((owner) =>
    owner.items.map((record) => ({
      id: `${owner.server}:${record.Id >>> 0}`,
      owner,
      record,
      name: record.Name || (record.StringValues['1'] ?? null),
    })),
  )

/** -1 and absent are the same. */
export const int = (item: NaiveItem, key: string): number | null => {
  const value = item.record.IntValues[key]
  return value === undefined || value === -1 ? null : value
}
export const workmanship = (item: NaiveItem) => item.record.DoubleValues['167772169'] ?? int(item, '105') ?? null
export const bestTier = (item: NaiveItem): number | null => {
  const ranks = item.record.Spells.flatMap((id) => spellOf(id)?.tier ?? []).map(tierRank)
  return ranks.length ? Math.max(...ranks) : null
}
export const totalRating = (item: NaiveItem) => {
  const reported = RATING_KEYS.map((key) => int(item, key)).filter((value) => value !== null)
  return reported.length ? reported.reduce((sum, value) => sum + value, 0) : null
}
const within = (value: number | null, bounds: Bounds) =>
  !bounds || (value !== null && value >= (bounds.min ?? -Infinity) && value <= (bounds.max ?? Infinity))

function fits(id: number, match: Match): boolean {
  const spell = spellOf(id)
  if (match.id !== undefined && id !== match.id) return false
  if (!spell) return Object.keys(match).length === 1 && match.id === id
  if (match.name !== undefined && !spell.name.toLowerCase().includes(match.name.toLowerCase())) return false
  if (match.family !== undefined && spell.family !== match.family) return false
  if (match.familyName !== undefined && familyName(spell.family).toLowerCase() !== match.familyName.toLowerCase())
    return false
  if (match.tier !== undefined && spell.tier !== match.tier) return false
  return match.atLeast === undefined || (spell.tier !== null && tierRank(spell.tier) >= tierRank(match.atLeast))
}

function usable(item: NaiveItem, owner: Owner): boolean {
  type Bases = Record<string, { base: number; training: string } | undefined>
  const { level, skills, attributes, vitals } = owner.sheet as {
    level: number
    skills: Bases
    attributes: Bases
    vitals: Bases
  }
  return [
    ['158', '159', '160'],
    ['270', '271', '272'],
  ].every(([kindKey, whatKey, valueKey]) => {
    const kind = int(item, kindKey!)
    const value = int(item, valueKey!)
    if (!kind || value === null || value <= 0) return true
    const what = int(item, whatKey!) ?? 0
    const skill = skills[skillKeys.get(what) ?? '']
    if (kind === 7) return value <= level
    if (kind === 1 || kind === 2) return value <= (skill?.base ?? 0)
    if (kind === 3 || kind === 4) return value <= (attributes[attributeKeys[what - 1] ?? '']?.base ?? 0)
    if (kind === 5 || kind === 6) return value <= (vitals[VITALS[what - 1] ?? '']?.base ?? 0)
    if (kind === 8) return value <= ({ Untrained: 1, Trained: 2, Specialized: 3 }[skill?.training ?? ''] ?? 0)
    return false
  })
}

/** Whether an item is among those a search asks for. */
export function matches(item: NaiveItem, where: NaiveWhere, owners: readonly Owner[]): boolean {
  const { record, name, owner } = item
  const worn = record.IntValues['10'] ?? 0
  const bits = (list: string[], table: Record<string, number>) => list.reduce((mask, entry) => mask | table[entry]!, 0)
  const text = where.text?.toLowerCase()
  const material = int(item, '131')
  const fullName = name === null || material === null ? name : `${materialName(material)} ${name}`
  const imbued = ['179', '303', '304'].reduce((mask, key) => mask | (int(item, key) ?? 0), 0)
  const tier = bestTier(item)
  const has = (match: Match) => record.Spells.some((id) => fits(id, match))
  const level = int(item, '158') === 7 ? int(item, '160') : int(item, '270') === 7 ? int(item, '272') : null
  return (
    (!where.characters || where.characters.includes(owner.character)) &&
    (!text || !!fullName?.toLowerCase().includes(text) || !!record.StringValues['7']?.toLowerCase().includes(text)) &&
    (where.equipped === undefined || worn > 0 === where.equipped) &&
    (!where.objectClasses || where.objectClasses.includes(record.ObjectClass ?? -1)) &&
    (!where.slots || ((int(item, '218103822') ?? 0) & bits(where.slots, SLOT_BITS)) !== 0) &&
    (where.container === undefined || (record.ContainerId ?? 0) >>> 0 === where.container) &&
    (!where.materials || where.materials.includes(int(item, '131') ?? -1)) &&
    (!where.sets || where.sets.includes(int(item, '265') ?? -1)) &&
    (!where.imbues || (imbued & bits(where.imbues, IMBUE_BITS)) !== 0) &&
    (where.appraised === undefined || (record.HasIdData === true) === where.appraised) &&
    within(int(item, '28'), where.armorLevel) &&
    within(workmanship(item), where.workmanship) &&
    within(int(item, '171'), where.tinks) &&
    within(int(item, '19'), where.value) &&
    within(int(item, '5'), where.burden) &&
    within(int(item, '218103842'), where.maxDamage) &&
    within(level, where.wieldLevel) &&
    within(int(item, '370'), where.ratings?.damage) &&
    within(int(item, '374'), where.ratings?.critDamage) &&
    within(totalRating(item), where.ratings?.total) &&
    (!where.tiers || (tier !== null && where.tiers.some((wanted) => tierRank(wanted) === tier))) &&
    (!where.usableBy ||
      usable(
        item,
        owners.find(({ character }) => character === where.usableBy)!,
      )) &&
    (where.spells?.all ?? []).every(has) &&
    (!where.spells?.any || where.spells.any.some(has)) &&
    !(where.spells?.none ?? []).some(has)
  )
}
