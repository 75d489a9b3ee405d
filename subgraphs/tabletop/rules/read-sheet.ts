// A sheet from outside: an import, an editor, a stored row of an older version.
import { spells } from '../../../shared/world/tabletop/spells.ts'
import { visions } from '../../../shared/world/tabletop/visibility.ts'
import { weaponClasses } from '../../../shared/world/tabletop/ranges.ts'
import { readDamage } from './damage.ts'
import { limits } from './limits.ts'
import { flag, list, readAll, record, text, type Fields, type Readers } from './read-value.ts'
import { oneOf, RuleError, wholeNumber } from './rule-error.ts'
import { attributeNames, type Armour, type Attributes, type KnownSpell, type Sheet, type SheetSkill } from './sheet.ts'
import { fireModes, sights, type MeleeWeapon, type RangedWeapon, type Weapon } from './weapon.ts'

const most = { skills: 100, weapons: 50, armour: 20, spells: 100 } as const

const rating = (field: string, value: unknown) => wholeNumber(field, value, 0, limits.rating)

const readAttributes = (value: unknown): Attributes =>
  record(
    'attributes',
    value,
    Object.fromEntries(
      attributeNames.map((name) => [
        name,
        (fields: Fields) => wholeNumber(`attributes.${name}`, fields[name], 1, limits.rating),
      ]),
    ) as Readers<Attributes>,
  )

function readAugmentations(value: unknown): Partial<Attributes> {
  const bonuses = record(
    'augmentations',
    value,
    Object.fromEntries(
      attributeNames.map((name) => [
        name,
        (fields: Fields) =>
          fields[name] === undefined ? undefined : wholeNumber(`augmentations.${name}`, fields[name], -20, 20),
      ]),
    ) as Readers<Record<string, number | undefined>>,
  )
  return Object.fromEntries(Object.entries(bonuses).filter(([, bonus]) => bonus !== undefined))
}

const readNarrow = (field: string, value: unknown): SheetSkill['concentration'] =>
  value === null
    ? null
    : record<NonNullable<SheetSkill['concentration']>>(field, value, {
        name: (fields) => text(`${field}.name`, fields.name),
        rating: (fields) => rating(`${field}.rating`, fields.rating),
      })

const readSkill = (field: string, value: unknown): SheetSkill =>
  record<SheetSkill>(field, value, {
    name: (fields) => text(`${field}.name`, fields.name),
    rating: (fields) => rating(`${field}.rating`, fields.rating),
    concentration: (fields) => readNarrow(`${field}.concentration`, fields.concentration ?? null),
    specialization: (fields) => readNarrow(`${field}.specialization`, fields.specialization ?? null),
  })

/** Fields of ranged weapons, which are ignored in a melee weapon. */
const rangedFields = ['weaponClass', 'modes', 'magazine', 'recoilCompensation', 'gyro', 'sight', 'magnification']

function readDamageCode(field: string, value: unknown): string {
  const damage = text(field, value)
  try {
    readDamage(damage, 1)
  } catch (error) {
    throw error instanceof RuleError ? new RuleError(field, error.reason) : error
  }
  return damage
}

function readWeapon(field: string, value: unknown): Weapon {
  const common = {
    name: (fields: Fields) => text(`${field}.name`, fields.name),
    damage: (fields: Fields) => readDamageCode(`${field}.damage`, fields.damage),
  }
  const given = typeof value === 'object' && value !== null && Object.hasOwn(value, 'kind') ? value : {}
  if ((given as Fields).kind === 'melee')
    return record<MeleeWeapon>(
      field,
      value,
      {
        kind: () => 'melee',
        ...common,
        reach: (fields) => wholeNumber(`${field}.reach`, fields.reach, 0, 5),
      },
      [...rangedFields, 'isHeavy', 'armourAgainst'],
    )
  return record<RangedWeapon>(
    field,
    value,
    {
      kind: (fields) => oneOf(`${field}.kind`, fields.kind, ['ranged', 'melee']) as 'ranged',
      ...common,
      weaponClass: (fields) => oneOf(`${field}.weaponClass`, fields.weaponClass, weaponClasses),
      modes: (fields) => readModes(`${field}.modes`, fields.modes),
      magazine: (fields) => wholeNumber(`${field}.magazine`, fields.magazine, 0, 1_000),
      recoilCompensation: (fields) => rating(`${field}.recoilCompensation`, fields.recoilCompensation ?? 0),
      gyro: (fields) => rating(`${field}.gyro`, fields.gyro ?? 0),
      sight: (fields) => oneOf(`${field}.sight`, fields.sight ?? 'none', sights),
      magnification: (fields) => wholeNumber(`${field}.magnification`, fields.magnification ?? 0, 0, 3),
      isHeavy: (fields) => flag(`${field}.isHeavy`, fields.isHeavy ?? false),
      armourAgainst: (fields) =>
        oneOf(`${field}.armourAgainst`, fields.armourAgainst ?? 'ballistic', ['ballistic', 'impact']),
    },
    ['reach'],
  )
}

function readModes(field: string, value: unknown): RangedWeapon['modes'] {
  const modes = list(field, value, fireModes.length, (at, mode) => oneOf(at, mode, fireModes))
  if (modes.length === 0) throw new RuleError(field, 'must name at least one mode')
  return modes
}

const readArmour = (field: string, value: unknown): Armour =>
  record<Armour>(field, value, {
    name: (fields) => text(`${field}.name`, fields.name),
    ballistic: (fields) => rating(`${field}.ballistic`, fields.ballistic),
    impact: (fields) => rating(`${field}.impact`, fields.impact),
    isWorn: (fields) => flag(`${field}.isWorn`, fields.isWorn),
  })

const spellNames = spells.map((spell) => spell.name)

const readSpell = (field: string, value: unknown): KnownSpell =>
  record<KnownSpell>(field, value, {
    name: (fields) => oneOf(`${field}.name`, fields.name, spellNames),
    force: (fields) => wholeNumber(`${field}.force`, fields.force, 1, limits.rating),
  })

/** Names of skills and weapons are how tests and ammunition find them. */
function different<T extends { name: string }>(field: string, named: T[]): T[] {
  const names = named.map(({ name }) => name.toLowerCase())
  const twice = names.find((name, n) => names.indexOf(name) !== n)
  if (twice !== undefined) throw new RuleError(field, `has "${twice}" twice`)
  return named
}

const sheetReaders: Readers<Sheet> = {
  name: (fields) => text('name', fields.name),
  streetName: (fields) =>
    fields.streetName === undefined || fields.streetName === null ? null : text('streetName', fields.streetName),
  archetype: (fields) => text('archetype', fields.archetype ?? 'Shadowrunner'),
  metatype: (fields) => text('metatype', fields.metatype ?? 'Human'),
  attributes: (fields) => readAttributes(fields.attributes),
  augmentations: (fields) => readAugmentations(fields.augmentations ?? {}),
  reactionBonus: (fields) => rating('reactionBonus', fields.reactionBonus ?? 0),
  initiativeDice: (fields) => wholeNumber('initiativeDice', fields.initiativeDice ?? 1, 1, 10),
  magic: (fields) => rating('magic', fields.magic ?? 0),
  powerFoci: (fields) => rating('powerFoci', fields.powerFoci ?? 0),
  hackingPool: (fields) => rating('hackingPool', fields.hackingPool ?? 0),
  controlPool: (fields) => rating('controlPool', fields.controlPool ?? 0),
  skills: (fields) => different('skills', list('skills', fields.skills ?? [], most.skills, readSkill)),
  vision: (fields) => oneOf('vision', fields.vision ?? 'normal', visions),
  weapons: (fields) => different('weapons', list('weapons', fields.weapons ?? [], most.weapons, readWeapon)),
  armour: (fields) => list('armour', fields.armour ?? [], most.armour, readArmour),
  spells: (fields) => different('spells', list('spells', fields.spells ?? [], most.spells, readSpell)),
  karmaEarned: (fields) => wholeNumber('karmaEarned', fields.karmaEarned ?? 0, 0, 100_000),
}

/**
 * A sheet from a value of unknown origin, such as parsed JSON. Name and attributes are required; what else is left out
 * is absent or 0. A RuleError with every problem (`problemsOf`), each by its path (`skills[2].rating`), unknown fields
 * too; its message is that of the first.
 */
export function readSheet(value: unknown): Sheet {
  const sheet = record('sheet', value, sheetReaders)
  // An attribute below 1 would leave tests without dice: nobody could be hurt by what is resisted with it.
  const checks = attributeNames.map((name) => () => {
    const sum = sheet.attributes[name] + (sheet.augmentations[name] ?? 0)
    if (sum < 1) throw new RuleError(`augmentations.${name}`, `leaves ${sum} of the attribute: at least 1 must be left`)
  })
  readAll(checks)
  return sheet
}
