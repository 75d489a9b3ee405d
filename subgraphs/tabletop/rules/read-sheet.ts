// A sheet from outside: an import, an editor, a stored row of an older version.
import { spells } from '../../../shared/world/tabletop/spells.ts'
import { visions } from '../../../shared/world/tabletop/visibility.ts'
import { weaponClasses } from '../../../shared/world/tabletop/ranges.ts'
import { readDamage } from './damage.ts'
import { limits } from './limits.ts'
import { flag, list, record, text, type Fields } from './read-value.ts'
import { oneOf, RuleError, wholeNumber } from './rule-error.ts'
import { attributeNames, type Armour, type Attributes, type KnownSpell, type Sheet, type SheetSkill } from './sheet.ts'
import { fireModes, sights, type Weapon } from './weapon.ts'

const most = { skills: 100, weapons: 50, armour: 20, spells: 100 } as const

const rating = (field: string, value: unknown) => wholeNumber(field, value, 0, limits.rating)

function readAttributes(value: unknown): Attributes {
  const fields = record('attributes', value, attributeNames)
  const read = attributeNames.map((name) => [name, wholeNumber(`attributes.${name}`, fields[name], 1, limits.rating)])
  return Object.fromEntries(read) as Attributes
}

function readAugmentations(value: unknown): Partial<Attributes> {
  const fields = record('augmentations', value, attributeNames)
  const read = Object.entries(fields).map(([name, bonus]) => [
    name,
    wholeNumber(`augmentations.${name}`, bonus, -20, 20),
  ])
  return Object.fromEntries(read) as Partial<Attributes>
}

function readNarrow(field: string, value: unknown): SheetSkill['concentration'] {
  if (value === null) return null
  const fields = record(field, value, ['name', 'rating'])
  return { name: text(`${field}.name`, fields.name), rating: rating(`${field}.rating`, fields.rating) }
}

function readSkill(field: string, value: unknown): SheetSkill {
  const fields = record(field, value, ['name', 'rating', 'concentration', 'specialization'])
  return {
    name: text(`${field}.name`, fields.name),
    rating: rating(`${field}.rating`, fields.rating),
    concentration: readNarrow(`${field}.concentration`, fields.concentration ?? null),
    specialization: readNarrow(`${field}.specialization`, fields.specialization ?? null),
  }
}

const rangedFields = [
  'weaponClass',
  'modes',
  'magazine',
  'recoilCompensation',
  'gyro',
  'sight',
  'magnification',
] as const
const weaponFields = ['kind', 'name', 'damage', 'reach', 'isHeavy', 'armourAgainst', ...rangedFields] as const

function readWeapon(field: string, value: unknown): Weapon {
  const fields = record(field, value, weaponFields)
  const damage = text(`${field}.damage`, fields.damage)
  readDamage(damage, 1)
  const common = { name: text(`${field}.name`, fields.name), damage }
  if (oneOf(`${field}.kind`, fields.kind, ['ranged', 'melee']) === 'melee')
    return { kind: 'melee', ...common, reach: wholeNumber(`${field}.reach`, fields.reach, 0, 5) }
  const modes = list(`${field}.modes`, fields.modes, fireModes.length, (at, mode) => oneOf(at, mode, fireModes))
  if (modes.length === 0) throw new RuleError(`${field}.modes`, 'must name at least one mode')
  return {
    kind: 'ranged',
    ...common,
    weaponClass: oneOf(`${field}.weaponClass`, fields.weaponClass, weaponClasses),
    modes,
    magazine: wholeNumber(`${field}.magazine`, fields.magazine, 0, 1_000),
    recoilCompensation: rating(`${field}.recoilCompensation`, fields.recoilCompensation ?? 0),
    gyro: rating(`${field}.gyro`, fields.gyro ?? 0),
    sight: oneOf(`${field}.sight`, fields.sight ?? 'none', sights),
    magnification: wholeNumber(`${field}.magnification`, fields.magnification ?? 0, 0, 3),
    isHeavy: flag(`${field}.isHeavy`, fields.isHeavy ?? false),
    armourAgainst: oneOf(`${field}.armourAgainst`, fields.armourAgainst ?? 'ballistic', ['ballistic', 'impact']),
  }
}

function readArmour(field: string, value: unknown): Armour {
  const fields = record(field, value, ['name', 'ballistic', 'impact', 'isWorn'])
  return {
    name: text(`${field}.name`, fields.name),
    ballistic: rating(`${field}.ballistic`, fields.ballistic),
    impact: rating(`${field}.impact`, fields.impact),
    isWorn: flag(`${field}.isWorn`, fields.isWorn),
  }
}

function readSpell(field: string, value: unknown): KnownSpell {
  const fields = record(field, value, ['name', 'force'])
  const name = oneOf(
    `${field}.name`,
    fields.name,
    spells.map((spell) => spell.name),
  )
  return { name, force: wholeNumber(`${field}.force`, fields.force, 1, limits.rating) }
}

const sheetFields = [
  ...['name', 'streetName', 'archetype', 'metatype', 'attributes', 'augmentations', 'reactionBonus', 'initiativeDice'],
  ...['magic', 'powerFoci', 'hackingPool', 'controlPool', 'skills', 'vision', 'weapons', 'armour', 'spells'],
  'karmaEarned',
]

/** Names of skills and weapons are how tests and ammunition find them. */
function mustDiffer(field: string, named: readonly { name: string }[]): void {
  const names = named.map(({ name }) => name.toLowerCase())
  const twice = names.find((name, n) => names.indexOf(name) !== n)
  if (twice !== undefined) throw new RuleError(field, `has "${twice}" twice`)
}

function readPossessions(fields: Fields): Pick<Sheet, 'skills' | 'weapons' | 'armour' | 'spells'> {
  const possessions = {
    skills: list('skills', fields.skills ?? [], most.skills, readSkill),
    weapons: list('weapons', fields.weapons ?? [], most.weapons, readWeapon),
    armour: list('armour', fields.armour ?? [], most.armour, readArmour),
    spells: list('spells', fields.spells ?? [], most.spells, readSpell),
  }
  for (const [field, named] of Object.entries(possessions)) if (field !== 'armour') mustDiffer(field, named)
  return possessions
}

/**
 * A sheet from a value of unknown origin, such as parsed JSON. Name and attributes are required; what else is left out
 * is absent or 0. A RuleError names the first field that is wrong, by its path (`skills[2].rating`), unknown ones too.
 */
export function readSheet(value: unknown): Sheet {
  const fields = record('sheet', value, sheetFields)
  return {
    name: text('name', fields.name),
    streetName:
      fields.streetName === undefined || fields.streetName === null ? null : text('streetName', fields.streetName),
    archetype: text('archetype', fields.archetype ?? 'Shadowrunner'),
    metatype: text('metatype', fields.metatype ?? 'Human'),
    attributes: readAttributes(fields.attributes),
    augmentations: readAugmentations(fields.augmentations ?? {}),
    reactionBonus: rating('reactionBonus', fields.reactionBonus ?? 0),
    initiativeDice: wholeNumber('initiativeDice', fields.initiativeDice ?? 1, 1, 10),
    magic: rating('magic', fields.magic ?? 0),
    powerFoci: rating('powerFoci', fields.powerFoci ?? 0),
    hackingPool: rating('hackingPool', fields.hackingPool ?? 0),
    controlPool: rating('controlPool', fields.controlPool ?? 0),
    vision: oneOf('vision', fields.vision ?? 'normal', visions),
    ...readPossessions(fields),
    karmaEarned: wholeNumber('karmaEarned', fields.karmaEarned ?? 0, 0, 100_000),
  }
}
