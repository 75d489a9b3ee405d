import { fault } from '../../../shared/errors.ts'
import { likeText } from '../../../shared/serve/connection.ts'
import { entryNamed } from '../../../shared/serve/known-names.ts'
import { equipmentSets } from '../../../shared/world/dereth/equipment-sets.ts'
import { materials } from '../../../shared/world/dereth/materials.ts'
import { imbueMask } from '../../../shared/world/dereth/item-flags.ts'
import { maskOf } from '../../../shared/world/dereth/item-slots.ts'
import { spellOf, SPELL_TIERS, spellsOfTier, tierRank, type SpellTier } from '../../../shared/world/dereth/spells.ts'
import type { FloatRange, IntRange, ItemWhere, MomentRange, RatingsWhere, SpellMatch } from '../generated/resolvers.ts'
import { readId } from '../item/store.ts'
import { asReal, WIELD_LEVEL } from './order.ts'
import { fittingSpells } from './spells.ts'
import type { Values } from './sql.ts'
import { meets, type Abilities } from './usable.ts'

/** Stands between name and inscription in `words`, and in no name. */
const BETWEEN = '\u001f'
const MAX_TEXT_LENGTH = 200
const MAX_ENTRIES = 200
const MAX_NAMES = 1_000
const MAX_SPELLS = 32

const RATINGS: { readonly [K in keyof Required<RatingsWhere>]: string } = {
  damage: 'damage_rating',
  damageResist: 'damage_resist_rating',
  crit: 'crit_rating',
  critResist: 'crit_resist_rating',
  critDamage: 'crit_damage_rating',
  critDamageResist: 'crit_damage_resist_rating',
  healBoost: 'heal_boost_rating',
  vitality: 'vitality_rating',
  total: 'total_rating',
}
const RANGES = {
  armorLevel: 'f.armor_level',
  baseArmorLevel: 'f.base_armor_level',
  tinks: 'f.tinks',
  value: 'f.value',
  burden: 'f.burden',
  stack: 'f.stack',
  maxDamage: 'f.max_damage',
  wieldLevel: `(${WIELD_LEVEL})`,
} as const

type Where = ItemWhere | null | undefined
/** What an item must be, as a condition on `item_facts f`. Refuses more than is served. */
export function conditionOf(where: Where, values: Values, abilities: Abilities | null): string {
  const all = ['f.character_id is not null']
  if (!where) return all[0]!
  checkLimits(where)
  const list = (column: string, entries: readonly unknown[] | null | undefined, type: string) => {
    if (entries) all.push(`${column} = any(${values.put(entries, `${type}[]`)})`)
  }
  const range = (column: string, bounds: IntRange | FloatRange | null | undefined, type: 'int' | 'real') => {
    const bound = (value: number) => values.put(type === 'real' ? asReal(value) : value, type)
    if (bounds?.min != null) all.push(`${column} >= ${bound(bounds.min)}`)
    if (bounds?.max != null) all.push(`${column} <= ${bound(bounds.max)}`)
    if (bounds && bounds.min == null && bounds.max == null) all.push(`${column} is not null`)
  }
  if (where.ids) all.push(hasId(where.ids, values))
  if (where.server != null) all.push(`f.server = ${values.put(where.server, 'text')}`)
  if (where.characters)
    all.push(
      `f.character_id = any(array(select id from characters
        where name = any(${values.put(where.characters, 'text[]')})))`,
    )
  if (where.equipped != null) all.push(`f.wielded_location is ${where.equipped ? 'not ' : ''}null`)
  if (where.appraised != null) all.push(where.appraised ? 'f.appraised' : 'not f.appraised')
  list('f.object_class', where.objectClasses, 'int')
  list('f.material', where.materials, 'int')
  list('f.set_id', where.sets, 'int')
  list('f.set_id', where.setNames?.flatMap(setsNamed), 'int')
  list('f.material', where.materialNames?.map(materialNamed), 'int')
  list('f.tier', where.tiers?.map(tierRank), 'int')
  if (where.slots) all.push(`f.slots & ${values.put(maskOf(where.slots), 'bigint')} <> 0`)
  if (where.imbues) all.push(`f.imbues & ${values.put(imbueMask(where.imbues), 'bigint')} <> 0`)
  if (where.container != null)
    all.push(
      Number.isSafeInteger(where.container) ? `f.container_id = ${values.put(where.container, 'bigint')}` : 'false',
    )
  if (where.changedAt) all.push(changedWithin(where.changedAt, values))
  for (const [name, column] of Object.entries(RANGES) as [keyof typeof RANGES, string][])
    range(column, where[name], 'int')
  range('f.workmanship', where.workmanship, 'real')
  for (const [name, column] of Object.entries(RATINGS) as [keyof RatingsWhere, string][])
    range(`f.${column}`, where.ratings?.[name], 'int')

  // What takes longest to look at comes last: it is looked at in what fits so far.
  if (where.text) all.push(holdsText(where.text, values))
  const { spells } = where
  for (const match of spells?.all ?? []) all.push(hasSpell([match], values))
  if (spells?.any) all.push(spells.any.length ? hasSpell(spells.any, values) : 'false')
  if (spells?.none?.length) all.push(`(${hasSpell(spells.none, values)}) is not true`)
  if (abilities) all.push(meets(abilities, values))
  return all.join(' and ')
}

function hasId(ids: readonly string[], values: Values): string {
  const keys = ids.map(readId).filter((key) => key !== null)
  const servers = values.put(
    keys.map((key) => key.server),
    'text[]',
  )
  const gameIds = values.put(
    keys.map((key) => key.gameId),
    'bigint[]',
  )
  return `(f.server, f.game_id) in (select * from unnest(${servers}, ${gameIds}))`
}

/** The numbers of the sets of this name: several share one. */
function setsNamed(name: string): number[] {
  const { name: called } = entryNamed('set', name, equipmentSets)
  return equipmentSets.filter((set) => set.name === called).map(({ id }) => id)
}

const materialNamed = (name: string): number => entryNamed('material', name, materials).id

/**
 * Shorter texts have no trigram by which an index could find them; then every item is looked at, and comparing plainly
 * is quicker.
 */
const SHORTEST_INDEXED = 3

/** Full name or inscription has this text, in letters of either size. */
function holdsText(text: string, values: Values): string {
  if (text.includes(BETWEEN)) return 'false'
  const either = [
    text.length < SHORTEST_INDEXED
      ? `strpos(f.words, lower(${values.put(text, 'text')})) > 0`
      : `f.words like lower(${values.put(likeText(text), 'text')})`,
  ]
  // The full name begins with the material, which is stored as a number beside the name.
  for (const { ids, rest } of materialsWithin(text)) {
    const made = `f.material = any(${values.put(ids, 'int[]')})`
    either.push(
      rest
        ? `(${made} and f.words like ${values.put(likeText(rest).slice(1), 'text')})`
        : `(${made} and f.name is not null)`,
    )
  }
  return either.length > 1 ? `(${either.join(' or ')})` : either[0]!
}

/**
 * How a text can begin within the material of a full name: the materials that end with its first words, and the rest,
 * in small letters, with which the name then begins; no rest where the text is part of the material alone.
 */
function materialsWithin(text: string): { ids: number[]; rest: string }[] {
  const wanted = text.toLowerCase()
  const byRest = new Map<string, number[]>()
  for (const { id, name } of materials) {
    const before = `${name.toLowerCase()} `
    const splits = [...Array(wanted.length).keys()].filter((at) => before.endsWith(wanted.slice(0, at + 1)))
    const rests = before.includes(wanted) ? [''] : splits.map((at) => wanted.slice(at + 1))
    for (const rest of rests) byRest.set(rest, [...(byRest.get(rest) ?? []), id])
  }
  return [...byRest].map(([rest, ids]) => ({ ids, rest }))
}

/** The item has a bound spell that matches one of these. Whole tiers are read from the bits, which is faster. */
function hasSpell(matches: readonly SpellMatch[], values: Values): string {
  const ids = new Set(matches.flatMap(fittingSpells))
  const whole = SPELL_TIERS.filter((tier) => spellsOfTier(tier).every((id) => ids.has(id)))
  const others = [...ids].filter((id) => !whole.some((tier) => tier === spellOf(id)?.tier))
  const either: string[] = []
  // Equal to one of all that have such a bit: by this an index can find them, and the database can guess how many.
  if (whole.length > 0) either.push(`f.tiers = any(${values.put(masksWith(whole), 'int[]')})`)
  if (others.length > 0) either.push(`f.spells && ${values.put(others, 'int[]')}`)
  return `(${either.join(' or ') || 'false'})`
}

/** The reported row of the item changed within these bounds. */
function changedWithin({ since, until }: MomentRange, values: Values): string {
  const from = values.put(since ? new Date(since).toISOString() : '-infinity', 'timestamptz')
  const to = values.put(until ? new Date(until).toISOString() : 'infinity', 'timestamptz')
  return `(f.server, f.game_id) in (select i.server, i.game_id from items i where i.changed_at >= ${from}
    and i.changed_at <= ${to})`
}

const bitOf = (tier: SpellTier): number => 2 ** (tierRank(tier) - 1)
const masksWith = (tiers: readonly SpellTier[]): number[] =>
  Array.from({ length: 2 ** SPELL_TIERS.length }, (_, mask) => mask).filter((mask) =>
    tiers.some((tier) => mask & bitOf(tier)),
  )

/** Throws BAD_USER_INPUT for lists and texts that are too long. */
export function checkLimits(where: ItemWhere): void {
  const refuse = (what: string) => {
    throw fault('BAD_USER_INPUT', what)
  }
  if (where.text && where.text.length > MAX_TEXT_LENGTH) refuse(`\`text\` has at most ${MAX_TEXT_LENGTH} characters.`)
  for (const [name, value] of Object.entries(where) as [string, unknown][]) {
    const most = name === 'ids' || name === 'characters' ? MAX_NAMES : MAX_ENTRIES
    if (Array.isArray(value) && value.length > most) refuse(`\`${name}\` has at most ${most} entries.`)
  }
  const { all, any, none } = where.spells ?? {}
  if ((all?.length ?? 0) + (any?.length ?? 0) + (none?.length ?? 0) > MAX_SPELLS)
    refuse(`\`spells\` has at most ${MAX_SPELLS} entries together.`)
}
