// Words for the sheet and the state of a character.

type Fields = Record<string, unknown>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0)
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const numbersOf = (value: unknown): [string, number][] =>
  Object.entries(fieldsOf(value)).filter((entry): entry is [string, number] => typeof entry[1] === 'number')

/** What of a state people change. */
export interface ShownState {
  physical: number
  stun: number
  nuyen: number
  karma: number
  ammo: Record<string, number>
  gear: string[]
}

/** A state as it is stored. */
export function stateOf(state: unknown): ShownState {
  const { physical, stun, nuyen, karma, ammo, gear } = fieldsOf(state)
  return {
    physical: numberOf(physical),
    stun: numberOf(stun),
    nuyen: numberOf(nuyen),
    karma: numberOf(karma),
    ammo: Object.fromEntries(numbersOf(ammo)),
    gear: Array.isArray(gear) ? gear.map(textOf) : [],
  }
}

/** `Heavy Pistol 14 rounds`, one for each weapon. */
export const ammoOf = (state: unknown): string[] =>
  Object.entries(stateOf(state).ammo).map(([weapon, rounds]) => `${weapon} ${rounds} rounds`)

/** Spells that a character sustains, each with its Force. */
export const sustainedOf = (state: unknown): { name: string; force: number }[] =>
  listOf(fieldsOf(state)['sustained']).map(({ name, force }) => ({ name: textOf(name), force: numberOf(force) }))

/** What is on a sheet, a line for each part that is there. */
export function sheetFacts(sheet: unknown): { name: string; value: string }[] {
  const fields = fieldsOf(sheet)
  const lines: [string, string[]][] = [
    ['Archetype', [textOf(fields['archetype']), textOf(fields['metatype'])]],
    ['Attributes', numbersOf(fields['attributes']).map(([name, value]) => `${name} ${value}`)],
    ['Augmented', numbersOf(fields['augmentations']).map(([name, value]) => `${name} +${value}`)],
    ['Magic', numberOf(fields['magic']) > 0 ? [String(fields['magic'])] : []],
    ['Skills', listOf(fields['skills']).map(({ name, rating }) => `${textOf(name)} ${numberOf(rating)}`)],
    ['Weapons', listOf(fields['weapons']).map(({ name, damage }) => `${textOf(name)} ${textOf(damage)}`)],
    [
      'Armour',
      listOf(fields['armour']).map(
        ({ name, ballistic, impact }) => `${textOf(name)} ${numberOf(ballistic)}/${numberOf(impact)}`,
      ),
    ],
    ['Spells', listOf(fields['spells']).map(({ name, force }) => `${textOf(name)} ${numberOf(force)}`)],
  ]
  return lines
    .map(([name, parts]) => ({ name, value: parts.filter(Boolean).join(', ') }))
    .filter(({ value }) => value !== '')
}
