// Recoil and the attacker's own movement (core p. 89-90).
import { rangedModifiers as modifiers } from '../../../shared/world/tabletop/ranged-modifiers.ts'
import { rulePart, sumOf, type Part } from './breakdown.ts'
import { limits } from './limits.ts'
import { oneOf, wholeNumber } from './rule-error.ts'
import type { FireMode, RangedWeapon } from './weapon.ts'

export const movements = ['still', 'walking', 'running'] as const
export type Movement = (typeof movements)[number]

export interface Steadiness {
  mode: FireMode
  /** Rounds of this attack in full automatic fire. */
  rounds?: number
  /** Rounds that the weapon fired earlier in this phase: their recoil still counts. */
  earlierRounds?: number
  attackerMovement?: Movement
  /** The attacker moves over bad ground. */
  isBadGround?: boolean
}

function recoilParts(weapon: RangedWeapon, { mode, rounds = 0, earlierRounds = 0 }: Steadiness): Part[] {
  wholeNumber('earlierRounds', earlierRounds, 0, limits.rating)
  const perRound = modifiers.fullAutoRecoilPerRound
  const parts: Part[] = []
  if (mode === 'BF') parts.push(rulePart('recoil: burst', modifiers.burstRecoil))
  if (mode === 'FA') parts.push(rulePart(`recoil: ${rounds} rounds`, perRound, rounds))
  if (earlierRounds > 0 && mode !== 'SS')
    parts.push(rulePart('recoil: earlier rounds', modifiers.secondShotRecoil, earlierRounds))
  const compensated = Math.min(weapon.recoilCompensation, sumOf(parts))
  if (compensated > 0)
    parts.push({ name: 'recoil compensation', value: -compensated, source: 'sheet', certainty: 'web' })
  const left = sumOf(parts)
  const factor = modifiers.heavyRecoilFactor
  if (weapon.isHeavy && left > 0) parts.push({ ...rulePart('heavy weapon', factor), value: left * (factor.value - 1) })
  return parts
}

function movementParts({ attackerMovement = 'still', isBadGround }: Steadiness): Part[] {
  if (oneOf('attackerMovement', attackerMovement, movements) === 'still') return []
  const isRunning = attackerMovement === 'running'
  const onGood = isRunning ? modifiers.attackerRunning : modifiers.attackerWalking
  const onBad = isRunning ? modifiers.attackerRunningBadGround : modifiers.attackerWalkingBadGround
  return [rulePart(`attacker ${attackerMovement}${isBadGround ? ' on bad ground' : ''}`, isBadGround ? onBad : onGood)]
}

/** Recoil and movement, and what takes them away: compensation first, the gyro mount when both are known. */
export function steadinessParts(weapon: RangedWeapon, steadiness: Steadiness): Part[] {
  const parts = [...recoilParts(weapon, steadiness), ...movementParts(steadiness)]
  const steadied = Math.min(weapon.gyro, sumOf(parts))
  if (steadied > 0) parts.push({ name: 'gyro mount', value: -steadied, source: 'sheet', certainty: 'web' })
  return parts
}
