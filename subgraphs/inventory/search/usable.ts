import { isRecord, toNumber } from '../../../shared/contract/coerce.ts'
import type { Pool } from '../../../shared/db/pool.ts'
import { fault } from '../../../shared/errors.ts'
import { attributeKeys, skillKeys } from '../../../shared/world/skills.ts'
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

const HERITAGES = ['aluvian', 'gharundim', 'sho', 'viamontian', 'umbraen', 'gearknight', 'tumerok', 'lugian', 'empyrean', 'penumbraen', 'undead', 'olthoi'] // prettier-ignore
const TRAINED: Record<string, number> = { untrained: 1, trained: 2, specialized: 3 }
/** Of each vital the game has two numbers: its greatest and its current. */
const VITALS = ['health', 'stamina', 'mana']

/** What this character can do. Refuses one of whom no sheet is known. */
export async function abilitiesOf(pool: Pool, name: string): Promise<Abilities> {
  const { rows } = await pool.query<{ level: number | null; race: string | null; raw: Record<string, unknown> }>(
    'select s.level, s.race, s.raw from character_sheets s join characters c on c.id = s.character_id where c.name = $1',
    [name],
  )
  const [sheet] = rows
  if (!sheet) throw fault('NOT_FOUND', 'No sheet of the character in `usableBy` is known.')
  return readAbilities(sheet.level, sheet.race, sheet.raw)
}

/** Reads a sheet as leniently as it was taken. */
export function readAbilities(level: number | null, race: string | null, raw: Record<string, unknown>): Abilities {
  const within = (part: unknown, key: string): Record<string, unknown> => {
    const value = isRecord(part) ? part[key] : undefined
    return isRecord(value) ? value : {}
  }
  const base = (part: unknown, key: string) => Math.trunc(toNumber(within(part, key)['base']) ?? 0)
  const skills: Record<number, number> = {}
  const training: Record<number, number> = {}
  for (const [id, key] of skillKeys) {
    skills[id] = base(raw['skills'], key)
    const told = within(raw['skills'], key)['training']
    training[id] = typeof told === 'string' ? (TRAINED[told.toLowerCase()] ?? 0) : 0
  }
  const attributes = Object.fromEntries(attributeKeys.map((key, place) => [place + 1, base(raw['attributes'], key)]))
  const vitals = Object.fromEntries(
    VITALS.flatMap((key, place) => [1, 2].map((half) => [place * 2 + half, base(raw['vitals'], key)])),
  )
  const heritage = HERITAGES.indexOf((race ?? '').toLowerCase().replace(/[^a-z]/g, '')) + 1
  return { level: level ?? 0, skills, training, attributes, vitals, heritage }
}

/** Both wield requirements of an item are met, as a condition on `item_facts f`. What no sheet tells is not met. */
export function meets(abilities: Abilities, values: Values): string {
  const told = values.put(JSON.stringify(abilities), 'jsonb')
  const of = (part: string, what: string) => `coalesce((${told} -> '${part}' ->> ${what}::text)::numeric, 0)`
  const met = (n: '' | '2') => {
    const [kind, what, value] = ['kind', 'what', 'value'].map((part) => `f.wield${n}_${part}`) as [string, string, string]
    return `(coalesce(${kind}, 0) = 0 or coalesce(${value}, 0) <= case ${kind} when 1 then ${of('skills', what)} when 2 then ${of('skills', what)}
      when 3 then ${of('attributes', what)} when 4 then ${of('attributes', what)} when 5 then ${of('vitals', what)} when 6 then ${of('vitals', what)}
      when 7 then (${told} ->> 'level')::numeric when 8 then ${of('training', what)}
      when 12 then case when ${value} = (${told} ->> 'heritage')::numeric then ${value} end end)`
  }
  return `${met('')} and ${met('2')}`
}
