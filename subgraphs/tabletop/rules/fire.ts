// Rounds and damage by fire mode. The numbers of bursts and full automatic fire are not confirmed.
import { fireModes as numbers, rangedModifiers } from '../../../shared/world/tabletop/ranged-modifiers.ts'

import { rulePart, sumOf, type Part } from './breakdown.ts'
import { moveLevel, type Damage } from './damage.ts'
import { oneOf, RuleError, wholeNumber } from './rule-error.ts'
import { fireModes, type FireMode, type RangedWeapon } from './weapon.ts'

/** What is fired: the mode and, in full automatic fire, the rounds. */
export interface Firing {
  mode: FireMode
  rounds?: number
  isCalledShot?: boolean
}

/** Damage with what mode and aim added to it. */
export interface FiredDamage extends Damage {
  powerParts: Part[]
  /** Levels of damage added to that of the code. */
  levelParts: Part[]
}

/**
 * The rounds an attack uses. A RuleError if the weapon lacks the mode or has too few rounds, or if full automatic fire
 * has not 3 to 10 rounds.
 */
export function roundsFired(weapon: RangedWeapon, { mode, rounds }: Firing, loaded: number): number {
  oneOf('mode', mode, fireModes)
  if (!weapon.modes.includes(mode))
    throw new RuleError('mode', `${weapon.name} has ${weapon.modes.join(', ')}, not ${mode}`)
  if (mode !== 'FA' && rounds !== undefined)
    throw new RuleError('rounds', `is for full automatic fire (FA), not for ${mode}`)
  const least = numbers.fullAutoFewestRounds.value
  const most = numbers.fullAutoMostRounds.value
  const fired =
    mode === 'FA' ? wholeNumber('rounds', rounds, least, most) : mode === 'BF' ? numbers.burstRounds.value : 1
  if (loaded < fired) throw new RuleError('ammo', `${weapon.name} has ${loaded} rounds, ${fired} are needed: reload`)
  return fired
}

/** The damage of a shot, a burst or full automatic fire. Levels above D are lost. */
export function firedDamage(damage: Damage, { mode, rounds = 0, isCalledShot }: Firing): FiredDamage {
  const powerParts: Part[] = [{ name: 'damage code', value: damage.power, source: 'sheet', certainty: 'core' }]
  const levelParts: Part[] = []
  if (mode === 'BF') {
    powerParts.push(rulePart('burst', numbers.burstPower))
    levelParts.push(rulePart('burst', numbers.burstLevels))
  }
  if (mode === 'FA') {
    powerParts.push(rulePart(`${rounds} rounds`, numbers.fullAutoPowerPerRound, rounds))
    const levels = Math.floor(rounds / numbers.fullAutoRoundsPerLevel.value)
    levelParts.push({ ...rulePart(`${rounds} rounds`, numbers.fullAutoRoundsPerLevel), value: levels })
  }
  if (isCalledShot) levelParts.push(rulePart('called shot', rangedModifiers.calledShotLevels))
  return {
    ...damage,
    power: sumOf(powerParts),
    level: moveLevel(damage.level, sumOf(levelParts)),
    powerParts,
    levelParts,
  }
}
