// Checks of single fields of what somebody asks of the suit builder. Each throws BAD_USER_INPUT and names the field.
import { fault } from '../../../shared/errors.ts'
import { entryNamed, unknownName } from '../../../shared/serve/known-names.ts'
import { equipmentSets } from '../../../shared/world/dereth/equipment-sets.ts'
import { WISH_TIERS } from './wishes.ts'
import { allSpells, familyName } from '../../../shared/world/dereth/spells.ts'

/** Defaults are filled in before a resolver is called; types of inputs do not say so. */
export type Filled<T> = T extends readonly (infer E)[]
  ? readonly Filled<E>[]
  : T extends object
    ? { [K in keyof T]-?: Filled<T[K]> }
    : T
const MAX_NAME_LENGTH = 100

export const refuse = (text: string) => fault('BAD_USER_INPUT', text)

export function within(name: string, value: number, least: number, most: number): number {
  if (value >= least && value <= most) return value
  throw refuse(`\`${name}\` is ${least} to ${most}.`)
}
export const maybe = (name: string, value: number | null | undefined, least: number, most: number): number | null =>
  value == null ? null : within(name, value, least, most)

export function list<T>(
  name: string,
  values: readonly T[],
  most: number,
  key: (value: T) => unknown = (value) => value,
) {
  if (values.length > most) throw refuse(`\`${name}\` has at most ${most} entries.`)
  if (new Set(values.map(key)).size < values.length) throw refuse(`\`${name}\` names something twice.`)
  return values
}
export function text(name: string, value: string): string {
  if (value.length >= 1 && value.length <= MAX_NAME_LENGTH) return value
  throw refuse(`\`${name}\` has 1 to ${MAX_NAME_LENGTH} characters.`)
}

/** The set of a number or a name: exactly one of them. */
export function setNamed({ setId, setName }: { setId?: number | null; setName?: string | null }): number {
  if ((setId == null) === (setName == null)) throw refuse('A set is named by either `setId` or `setName`.')
  if (setId == null) return entryNamed('set', text('setName', setName!), equipmentSets).id
  if (equipmentSets.some(({ id }) => id === setId)) return setId
  throw refuse(`No set has the number ${setId}.`)
}

/** The family of cantrips of a number or a name: exactly one of them. */
export function familyNamed({ family, name }: { family?: number | null; name?: string | null }): number {
  if ((family == null) === (name == null)) throw refuse('A spell is named by either `family` or `name`.')
  if (family != null) return familyNumbered(family)
  const wanted = text('name', name!)
  const known = familyCalled(wanted)
  if (known === null)
    throw unknownName('family of cantrips', [wanted], [...new Set(familyNames.values())], 'BAD_USER_INPUT')
  return known
}

function familyNumbered(family: number): number {
  familyCalled('') // fills the table
  if (familyNames.has(family)) return family
  throw refuse(`No family of cantrips has the number ${family}.`)
}

let families: Map<string, number> | null = null
/** Names as they are shown, by family. */
const familyNames = new Map<number, string>()
/** The family of cantrips of this name, or that has a cantrip of this name; null for none. */
function familyCalled(name: string): number | null {
  if (!families) {
    families = new Map()
    for (const { family, name: spell, tier } of allSpells().values()) {
      if (!(WISH_TIERS as readonly (string | null)[]).includes(tier)) continue
      familyNames.set(family, familyName(family))
      const called = spell.toLowerCase()
      for (const one of [called, called.slice(tier!.length + 1), familyName(family).toLowerCase()])
        if (!families.has(one)) families.set(one, family)
    }
  }
  return families.get(name.trim().toLowerCase()) ?? null
}
