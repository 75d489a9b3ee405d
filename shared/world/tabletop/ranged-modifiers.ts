// What is added to the target number of a ranged attack (core p. 89-90 as far as seen, the rest from fan tables).
import { unconfirmed, web, type Fact } from './certainty.ts'

export const rangedModifiers = {
  secondShotRecoil: web(1),
  burstRecoil: web(3),
  fullAutoRecoilPerRound: web(1),
  /** Heavy weapons multiply the recoil that compensation leaves. */
  heavyRecoilFactor: web(2),
  blindFire: web(8),
  partialCover: web(4),
  extraTarget: web(2),
  targetRunning: web(2),
  targetStationary: web(-1),
  attackerWalking: web(1),
  attackerWalkingBadGround: web(2),
  attackerRunning: web(4),
  attackerRunningBadGround: web(6),
  meleeOpponent: web(2),
  smartlink: web(-2),
  smartGoggles: web(-1),
  laserSight: web(-1),
  secondWeapon: web(2),
  aimPerSimpleAction: web(-1),
  calledShot: web(4),
  /** Levels of damage that a called shot adds. */
  calledShotLevels: unconfirmed(1),
} as const satisfies Record<string, Fact>

/** Modifiers by the worst level of damage on a track: Light, Moderate, Serious. */
export const woundModifiers: Readonly<Record<'L' | 'M' | 'S', Fact>> = { L: web(1), M: web(2), S: web(3) }

/** Limits of full automatic fire, and what bursts and rounds add to damage. */
export const fireModes = {
  burstRounds: unconfirmed(3),
  burstPower: unconfirmed(3),
  burstLevels: unconfirmed(1),
  fullAutoFewestRounds: unconfirmed(3),
  fullAutoMostRounds: unconfirmed(10),
  fullAutoPowerPerRound: unconfirmed(1),
  fullAutoRoundsPerLevel: unconfirmed(3),
} as const satisfies Record<string, Fact>
