// Damage codes and staging (core p. 91).
import { damageLevels, type DamageKind, type DamageLevel } from '../../../shared/world/tabletop/damage-levels.ts'
import { limits } from './limits.ts'
import { RuleError, wholeNumber } from './rule-error.ts'

/** `9M` is Power 9, level M, physical. */
export interface Damage {
  power: number
  level: DamageLevel
  kind: DamageKind
}

const codeForm = /^(?:(\d{1,2})|\(Str(?:([+-])(\d{1,2}))?\))([LMSD])( Stun)?$/i

/** Reads `9M`, `6S Stun`, `(Str+2)M`. Strength is needed for the last form. A RuleError for anything else. */
export function readDamage(code: string, strength: number | null = null): Damage {
  const found = codeForm.exec(code)
  if (!found)
    throw new RuleError('damage', `must be a code such as 9M, 6S Stun or (Str+2)M, received "${code.slice(0, 40)}"`)
  const [, fixed, sign, added, level, stun] = found
  if (fixed === undefined && strength === null)
    throw new RuleError('damage', `${code} needs the Strength of the attacker`)
  const power = fixed === undefined ? (strength ?? 0) + (sign === '-' ? -1 : 1) * Number(added ?? 0) : Number(fixed)
  return {
    power: wholeNumber('power', Math.max(1, power), 1, limits.rating * 2),
    level: level!.toUpperCase() as DamageLevel,
    kind: stun ? 'stun' : 'physical',
  }
}

/** A level, moved by whole levels, between `none` and D. */
export function moveLevel(level: DamageLevel, levels: number): DamageLevel {
  const at = damageLevels.indexOf(level) + levels
  return damageLevels[Math.min(damageLevels.length - 1, Math.max(0, at))]!
}

/** A level after net successes: two for the attacker move it up once, two for the target down once. */
export const stageLevel = (level: DamageLevel, netSuccesses: number): DamageLevel =>
  moveLevel(level, Math.trunc(netSuccesses / 2))
