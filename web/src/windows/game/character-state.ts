// Words for the sheet and the state of a character.
import { texts } from './messages.ts'

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
  Object.entries(stateOf(state).ammo).map(([weapon, rounds]) => `${weapon}: ${rounds} ${texts.rounds(rounds)}`)

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
  return `${textOf(name)} ${textOf(damage)}${reaches > 0 ? texts.reach(reaches) : ''}`
}

const dice = (count: number): string => `${count} ${texts.diceOfCount(count)}`
/** A number that is worth a line only above 0. */
const above0 = (value: unknown): string[] => (numberOf(value) > 0 ? [String(value)] : [])

/** What is on a sheet, a line for each part that is there. */
export function sheetFacts(sheet: unknown): { name: string; value: string }[] {
  const fields = fieldsOf(sheet)
  const lines: [string, string[]][] = [
    [texts.archetype, [textOf(fields['archetype']), textOf(fields['metatype'])]],
    [texts.attributes, byAttribute(fields['attributes']).map(([name, value]) => `${name} ${value}`)],
    [texts.augmented, byAttribute(fields['augmentations']).map(([name, value]) => `${name} ${signed(value)}`)],
    [texts.initiative, above0(fields['initiativeDice']).map((count) => dice(Number(count)))],
    [texts.vision, [textOf(fields['vision'])]],
    [texts.magic, above0(fields['magic'])],
    [texts.powerFoci, above0(fields['powerFoci'])],
    [texts.karma, above0(fields['karmaEarned']).map((karma) => texts.earned(karma))],
    [texts.skills, listOf(fields['skills']).map(skillOf)],
    [texts.weapons, listOf(fields['weapons']).map(weaponOf)],
    [
      texts.armour,
      listOf(fields['armour']).map(
        ({ name, ballistic, impact }) => `${textOf(name)} ${numberOf(ballistic)}/${numberOf(impact)}`,
      ),
    ],
    [texts.spells, listOf(fields['spells']).map(({ name, force }) => `${textOf(name)} ${numberOf(force)}`)],
  ]
  return lines
    .map(([name, parts]) => ({ name, value: parts.filter(Boolean).join(', ') }))
    .filter(({ value }) => value !== '')
}
