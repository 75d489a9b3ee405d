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

/** `Heavy Pistol: 14 rounds`, one for each weapon. */
export const ammoOf = (state: unknown): string[] =>
  Object.entries(stateOf(state).ammo).map(
    ([weapon, rounds]) => `${weapon}: ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`,
  )

/** Spells that a character sustains, each with its Force. */
export const sustainedOf = (state: unknown): { name: string; force: number }[] =>
  listOf(fieldsOf(state)['sustained']).map(({ name, force }) => ({ name: textOf(name), force: numberOf(force) }))

/** Attributes as sheets have them, whatever the order in which they are stored. */
const ATTRIBUTES = ['body', 'quickness', 'strength', 'charisma', 'intelligence', 'willpower']
const byAttribute = (value: unknown): [string, number][] =>
  numbersOf(value).sort(([one], [other]) => ATTRIBUTES.indexOf(one) - ATTRIBUTES.indexOf(other))

const signed = (value: number): string => (value < 0 ? `−${-value}` : `+${value}`)

/** `Firearms 4 (Pistols 6)`. */
function skillOf({ name, rating, concentration, specialization }: Fields): string {
  const narrow = [concentration, specialization]
    .map(fieldsOf)
    .filter((one) => textOf(one['name']))
    .map((one) => `${textOf(one['name'])} ${numberOf(one['rating'])}`)
  return `${textOf(name)} ${numberOf(rating)}${narrow.length ? ` (${narrow.join(', ')})` : ''}`
}

/** `Sword (Str+2)M reach 1`. */
function weaponOf({ name, damage, reach }: Fields): string {
  const reaches = numberOf(reach)
  return `${textOf(name)} ${textOf(damage)}${reaches > 0 ? ` reach ${reaches}` : ''}`
}

const dice = (count: number): string => `${count} ${count === 1 ? 'die' : 'dice'}`
/** A number that is worth a line only above 0. */
const above0 = (value: unknown): string[] => (numberOf(value) > 0 ? [String(value)] : [])

/** What is on a sheet, a line for each part that is there. */
export function sheetFacts(sheet: unknown): { name: string; value: string }[] {
  const fields = fieldsOf(sheet)
  const lines: [string, string[]][] = [
    ['Archetype', [textOf(fields['archetype']), textOf(fields['metatype'])]],
    ['Attributes', byAttribute(fields['attributes']).map(([name, value]) => `${name} ${value}`)],
    ['Augmented', byAttribute(fields['augmentations']).map(([name, value]) => `${name} ${signed(value)}`)],
    ['Initiative', above0(fields['initiativeDice']).map((count) => dice(Number(count)))],
    ['Vision', [textOf(fields['vision'])]],
    ['Magic', above0(fields['magic'])],
    ['Power foci', above0(fields['powerFoci'])],
    ['Karma', above0(fields['karmaEarned']).map((karma) => `${karma} earned`)],
    ['Skills', listOf(fields['skills']).map(skillOf)],
    ['Weapons', listOf(fields['weapons']).map(weaponOf)],
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
