// What a person reads of an item, from the game's numbers. What we have no name for is shown as its number.
import { attributeName, skillName, vitalName } from '../../../shared/world/dereth/skills.ts'
import { familyName, spellOf } from '../../../shared/world/dereth/spells.ts'
import type { ItemRequirement, ItemSpell, RequirementKind } from '../generated/resolvers.ts'
import type { ItemRow, ReportedRow } from '../item/store.ts'

const HERITAGES = [
  'Aluvian',
  'Gharu’ndim',
  'Sho',
  'Viamontian',
  'Umbraen',
  'Gearknight',
  'Tumerok',
  'Lugian',
  'Empyrean',
  'Penumbraen',
  'Undead',
  'Olthoi',
]
const TRAINING = ['', 'untrained', 'trained', 'specialized']
const heritageName = (id: number): string => HERITAGES[id - 1] ?? String(id)

interface Kind {
  kind: RequirementKind
  /** Of what it is about, and of the whole. */
  words: (what: number, value: number) => [string, string]
}
const named =
  (name: (id: number) => string, suffix = '') =>
  (what: number, value: number): [string, string] => [name(what), `${name(what)} ${value}${suffix}`]

const kinds = new Map<number, Kind>([
  [1, { kind: 'SKILL', words: named(skillName) }],
  [2, { kind: 'BASE_SKILL', words: named(skillName, ' base') }],
  [3, { kind: 'ATTRIBUTE', words: named(attributeName) }],
  [4, { kind: 'BASE_ATTRIBUTE', words: named(attributeName, ' base') }],
  [5, { kind: 'VITAL', words: named(vitalName) }],
  [6, { kind: 'BASE_VITAL', words: named(vitalName, ' base') }],
  [7, { kind: 'LEVEL', words: (_, value) => ['Level', `Level ${value}`] }],
  [
    8,
    { kind: 'TRAINING', words: (what, value) => [skillName(what), `${skillName(what)} ${TRAINING[value] || value}`] },
  ],
  [9, { kind: 'PROPERTY', words: named(String) }],
  [10, { kind: 'FLAG', words: named(String) }],
  [11, { kind: 'CREATURE', words: (_, value) => ['Creature type', `Creature type ${value}`] }],
  [12, { kind: 'HERITAGE', words: (_, value) => ['Heritage', heritageName(value)] }],
])

/** What an item asks of who wields or activates it. */
export function requirementsOf(item: ItemRow): ItemRequirement[] {
  const asked = [
    wield(item.wieldKind, item.wieldWhat, item.wieldValue),
    wield(item.wield2Kind, item.wield2What, item.wield2Value),
  ].filter((requirement) => requirement !== null)
  if (item.heritage) {
    const name = heritageName(item.heritage)
    asked.push({ kind: 'HERITAGE', kindId: null, what: null, name: 'Heritage', value: item.heritage, text: name })
  }
  const { lore, activationSkill: skill, activationValue: value, allegianceRank: rank } = item
  if (lore)
    asked.push({
      kind: 'LORE',
      kindId: null,
      what: null,
      name: 'Arcane Lore',
      value: lore,
      text: `Arcane Lore ${lore}`,
    })
  if (skill && value) {
    const text = `${skillName(skill)} ${value} to activate`
    asked.push({ kind: 'ACTIVATION_SKILL', kindId: null, what: skill, name: skillName(skill), value, text })
  }
  if (rank)
    asked.push({
      kind: 'ALLEGIANCE_RANK',
      kindId: null,
      what: null,
      name: 'Allegiance rank',
      value: rank,
      text: `Allegiance rank ${rank}`,
    })
  return asked
}

function wield(kindId: number | null, what: number | null, value: number | null): ItemRequirement | null {
  if (!kindId || value === null) return null
  const known = kinds.get(kindId)
  if (!known)
    return { kind: 'OTHER', kindId, what, name: String(kindId), value, text: `${kindId}: ${what ?? ''} ${value}` }
  const [name, text] = known.words(what ?? 0, value)
  return { kind: known.kind, kindId, what, name, value, text }
}

/** The spells bound to an item. */
export function spellsOf(ids: readonly number[], active: readonly number[]): ItemSpell[] {
  return ids.map((id) => {
    const spell = spellOf(id)
    const about = { spellId: id, name: spell?.name ?? String(id), active: active.includes(id) }
    if (!spell) return { ...about, tier: null, level: null, family: null, familyName: null, school: null }
    const { tier, level, family, school } = spell
    return { ...about, tier, level, family, familyName: familyName(family), school }
  })
}

/** Seconds a point of mana lasts while the item is worn; its rate is sent in points per second, negative. */
const MANA_RATE = '5'
const MANA = '107'

/** An item's mana; null for what has none. */
export function manaOf(max: number | null, { intValues, doubleValues }: ReportedRow) {
  const reported = intValues[MANA]
  const current =
    typeof reported === 'number' && reported !== -1 && Math.abs(reported) <= 2_147_483_647 ? Math.trunc(reported) : null
  if (max === null && current === null) return null
  const rate = doubleValues[MANA_RATE]
  const burns = typeof rate === 'number' && rate < 0 && rate > -1e6 && rate !== -1 ? -rate : null
  const left = burns === null || current === null ? null : Math.min(Math.round(current / burns), 2_147_483_647)
  return { current, max, secondsPerPoint: burns === null ? null : 1 / burns, secondsLeft: left }
}
