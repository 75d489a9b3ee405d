import { isRecord } from '../../../shared/contract/json-value.ts'
import { toWhole } from '../../../shared/contract/numbers.ts'
import { kept, type Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { attributeKeys, skillKeys } from '../../../shared/world/dereth/skills.ts'
import type { Values } from './sql.ts'

/** What a character's newest sheet says it can: base figures by the game's numbers. */
export interface Abilities {
  level: number
  skills: Record<number, number>
  training: Record<number, number>
  attributes: Record<number, number>
  vitals: Record<number, number>
  heritage: number
}

const HERITAGES = [
  'aluvian',
  'gharundim',
  'sho',
  'viamontian',
  'umbraen',
  'gearknight',
  'tumerok',
  'lugian',
  'empyrean',
  'penumbraen',
  'undead',
  'olthoi',
]
const TRAINED: Record<string, number> = { untrained: 1, trained: 2, specialized: 3 }
/** Of each vital the game has two numbers: its greatest and its current. */
const VITALS = ['health', 'stamina', 'mana']

/** The abilities of this character. Rejects a character without a sheet. */
export async function abilitiesOf(pool: Pool, name: string): Promise<Abilities> {
  const { rows } = await pool.query<{ level: number | null; race: string | null; raw: Record<string, unknown> }>(
    kept(
      `select s.level, s.race, s.raw from character_sheets s join characters c on c.id = s.character_id
        where c.name = $1`,
      [name],
    ),
  )
  const [sheet] = rows
  if (!sheet) throw fault('NOT_FOUND', 'No sheet of the character in `usableBy` is known.')
  return readAbilities(sheet.level, sheet.race, sheet.raw)
}

/** Reads a sheet as leniently as it was taken. */
function readAbilities(level: number | null, race: string | null, raw: Record<string, unknown>): Abilities {
  const within = (part: unknown, key: string): Record<string, unknown> => {
    const value = isRecord(part) ? part[key] : undefined
    return isRecord(value) ? value : {}
  }
  const base = (part: unknown, key: string) => toWhole(within(part, key)['base']) ?? 0
  const skills: Record<number, number> = {}
  const training: Record<number, number> = {}
  for (const [id, key] of skillKeys) {
    skills[id] = base(raw['skills'], key)
    const level = within(raw['skills'], key)['training']
    training[id] = typeof level === 'string' ? (TRAINED[level.toLowerCase()] ?? 0) : 0
  }
  const attributes = Object.fromEntries(attributeKeys.map((key, place) => [place + 1, base(raw['attributes'], key)]))
  const vitals = Object.fromEntries(
    VITALS.flatMap((key, place) => [1, 2].map((half) => [place * 2 + half, base(raw['vitals'], key)])),
  )
  const heritage = HERITAGES.indexOf((race ?? '').toLowerCase().replace(/[^a-z]/g, '')) + 1
  return { level: level ?? 0, skills, training, attributes, vitals, heritage }
}

/** Both wield requirements of an item are met, as a condition on `item_facts f`. What the sheet lacks is not met. */
export function meets(abilities: Abilities, values: Values): string {
  // Arrays rather than JSON: a subscript costs nothing, and there is one for every item looked at.
  const of = (figures: Record<number, number>) => {
    const numbers = Object.keys(figures).map(Number)
    const all = Array.from({ length: Math.max(1, ...numbers) }, (_, place) => figures[place + 1] ?? 0)
    return values.put(all.map(asInteger), 'int[]')
  }
  const [skills, training, attributes, vitals] = [
    of(abilities.skills),
    of(abilities.training),
    of(abilities.attributes),
    of(abilities.vitals),
  ]
  const level = values.put(asInteger(abilities.level), 'int')
  const heritage = values.put(abilities.heritage, 'int')
  const met = (n: '' | '2') => {
    const [kind, what, value] = ['kind', 'what', 'value'].map((part) => `f.wield${n}_${part}`) as [
      string,
      string,
      string,
    ]
    const least = (figures: string) => `coalesce(${value} <= coalesce((${figures})[${what}], 0), true)`
    return `(${kind} is null or case ${kind} when 0 then true when 7 then coalesce(${value} <= ${level}, true)
      when 1 then ${least(skills)} when 2 then ${least(skills)}
      when 3 then ${least(attributes)} when 4 then ${least(attributes)}
      when 5 then ${least(vitals)} when 6 then ${least(vitals)} when 8 then ${least(training)}
      when 12 then coalesce(${value}, ${heritage}) = ${heritage} else coalesce(${value}, 0) <= 0 end)`
  }
  return `${met('')} and ${met('2')}`
}

const asInteger = (value: number): number => Math.max(-2_147_483_648, Math.min(2_147_483_647, Math.trunc(value)))
