// Searches drawn by chance, of values that the fleet really has.
import { pick, whole, type Rng } from '../../../ingest/simulator/world/chance.ts'
import { allSpells, familyName, SPELL_TIERS } from '../../../shared/world/dereth/spells.ts'
import { int, type NaiveItem, type NaiveWhere } from './naive.ts'
import type { Owner } from './fleet.ts'

const SLOTS = [
  'HEAD',
  'HANDS',
  'FEET',
  'CHEST',
  'ABDOMEN',
  'NECK',
  'LEFT_WRIST',
  'RIGHT_FINGER',
  'TRINKET',
  'MELEE_WEAPON',
  'PANTS',
]
const IMBUES = ['CRITICAL_STRIKE', 'ARMOR_RENDING', 'FIRE_RENDING', 'MAGIC_DEFENSE', 'HEMATITED']

/** A search of one to three conditions. */
export function drawWhere(rng: Rng, items: readonly NaiveItem[], owners: readonly Owner[]): NaiveWhere {
  const some = () => pick(rng, items)
  const bounds = (key: string, width: number) => {
    const middle = int(some(), key) ?? 10
    return rng() < 0.5 ? { min: middle } : { min: middle - width, max: middle + width }
  }
  const bound = items.filter(({ record }) => record.Spells.length > 0)
  const match = () => {
    const id = pick(rng, pick(rng, bound).record.Spells)
    const spell = allSpells().get(id)
    if (!spell || rng() < 0.2) return { id }
    if (rng() < 0.3) return { family: spell.family, atLeast: pick(rng, SPELL_TIERS) }
    if (rng() < 0.3) return { familyName: familyName(spell.family).toUpperCase() }
    return rng() < 0.5 ? { name: spell.name.slice(2, 9) } : { tier: pick(rng, SPELL_TIERS) }
  }
  const conditions: (() => NaiveWhere)[] = [
    () => ({ characters: [pick(rng, owners).character, pick(rng, owners).character] }),
    () => ({ text: (some().name ?? 'Coin').slice(whole(rng, 0, 2), whole(rng, 4, 8)) }),
    () => ({ text: pick(rng, ['for mother', '100%', 'a_b', '%', '_', "'", 'zzz']) }),
    () => ({ equipped: rng() < 0.5 }),
    () => ({ objectClasses: [some().record.ObjectClass ?? 0, 2] }),
    () => ({ slots: [pick(rng, SLOTS), pick(rng, SLOTS)] }),
    () => ({ container: (some().record.ContainerId ?? 0) >>> 0 }),
    () => ({ materials: [int(some(), '131') ?? 60, whole(rng, 1, 77)] }),
    () => ({ sets: [int(some(), '265') ?? 14, 16, 21] }),
    () => ({ imbues: [pick(rng, IMBUES), pick(rng, IMBUES)] }),
    () => ({ appraised: rng() < 0.5 }),
    () => ({ armorLevel: bounds('28', 40) }),
    () => ({ workmanship: { min: whole(rng, 4, 9) } }),
    () => ({ tinks: { min: whole(rng, 0, 10) } }),
    () => ({ value: bounds('19', 500) }),
    () => ({ burden: bounds('5', 30) }),
    () => ({ maxDamage: { min: whole(rng, 5, 60) } }),
    () => ({ wieldLevel: pick(rng, [{ max: 150 }, { min: 180 }, {}]) }),
    () => ({
      usableBy: pick(
        rng,
        owners.filter(({ sheet }) => sheet),
      ).character,
    }),
    () => ({ tiers: [pick(rng, SPELL_TIERS), 'LEGENDARY'] }),
    () => ({ spells: { all: [match()] } }),
    () => ({ spells: { all: [match(), match()] } }),
    () => ({ spells: { any: [match(), match()], none: [match()] } }),
    () => ({ ratings: { critDamage: { min: whole(rng, 1, 2) } } }),
    () => ({ ratings: { damage: { min: 1, max: 2 }, total: { min: 1 } } }),
  ]
  return Object.assign({}, ...Array.from({ length: whole(rng, 1, 3) }, () => pick(rng, conditions)()))
}
