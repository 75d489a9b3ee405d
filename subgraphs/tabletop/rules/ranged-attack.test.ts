import { describe, expect, it } from 'vitest'
import { resolveRangedAttack, type RangedAttack } from './ranged-attack.ts'
import type { RangedSituation } from './ranged-target.ts'
import { aCombatant, aPistol, aRifle, aSheet, aSkill } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'
import type { RangedWeapon } from './weapon.ts'

const anAttack = (changes: Partial<RangedAttack> = {}): RangedAttack => ({
  attacker: aCombatant(),
  defender: aCombatant(),
  weapon: aPistol(),
  situation: { metres: 5, mode: 'SA' },
  ...changes,
})

const armoured = (ballistic: number) => aSheet({ armour: [{ name: 'Jacket', ballistic, impact: 3, isWorn: true }] })

/** Dice, target number and successes of a roll. */
type Three = readonly [dice: number, targetNumber: number, successes: number]

/** Resolves an attack with dice that come out as given, and compares every roll with them. */
function resolved(attack: Partial<RangedAttack>, ...rolls: Three[]) {
  const dice = diceThatGive(
    ...rolls.map(([count, targetNumber, successes]) => ({ dice: count, targetNumber, successes })),
  )
  const result = resolveRangedAttack(dice, anAttack(attack))
  if (!('attackRoll' in result)) throw new Error(result.outcome)
  const made = [result.attackRoll, result.resistance?.bodyRoll, result.resistance?.poolRoll].filter((roll) => !!roll)
  expect(made.map((roll) => [roll.dice, roll.targetNumber, roll.successes])).toEqual(rolls)
  return result
}

/** The target number of a shot by the pistol or the rifle, as a worked example has it. */
function targetNumber(situation: Partial<RangedSituation>, weapon: RangedWeapon = aPistol(), attack = {}): number {
  const shot = { weapon, situation: { metres: 5, mode: 'SA', ...situation } as RangedSituation, ...attack }
  const result = resolveRangedAttack(aDiceSource(), anAttack(shot))
  return 'targetNumber' in result ? result.targetNumber.value : Number.NaN
}

describe('a ranged attack, worked by hand', () => {
  it('[TAB8] rolls the skill alone, without an attribute, and lists the parts with their sources', () => {
    const result = resolved({}, [6, 4, 3], [4, 9, 1], [0, 9, 0])
    expect(result).toMatchObject({
      outcome: 'hit',
      band: 'short',
      targetNumber: { value: 4, sum: 4, parts: [{ name: 'range: short', value: 4, source: 'core p. 88' }] },
      diceParts: [{ name: 'Firearms', value: 6, source: 'sheet' }],
      resistance: { netSuccesses: 2, level: 'S' },
      boxes: 6,
      attacker: { ammo: { Pistol: 14 } },
      defender: { physical: 6 },
    })
  })

  it.each<[string, Partial<RangedAttack>, Three[], { outcome: string; boxes: number }]>([
    [
      '20 m, net 2: M to S',
      { situation: { metres: 20, mode: 'SA' } },
      [
        [6, 5, 2],
        [4, 9, 0],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 6 },
    ],
    [
      '40 m, net 1: M',
      { situation: { metres: 40, mode: 'SA' } },
      [
        [6, 6, 1],
        [4, 9, 0],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 3 },
    ],
    [
      '60 m, net 0: M',
      { situation: { metres: 60, mode: 'SA' } },
      [
        [6, 9, 1],
        [4, 9, 1],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 3 },
    ],
    [
      'smartlink, net 4: M to D',
      { weapon: aPistol({ sight: 'smartlink' }) },
      [
        [6, 2, 4],
        [4, 9, 0],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 10 },
    ],
    [
      'armour 5, net -2: M to L',
      { defender: aCombatant(armoured(5)) },
      [
        [6, 4, 2],
        [4, 4, 4],
        [0, 4, 0],
      ],
      { outcome: 'hit', boxes: 1 },
    ],
    [
      'armour 12: resisted against 2',
      { defender: aCombatant(armoured(12)) },
      [
        [6, 4, 1],
        [4, 2, 4],
        [0, 2, 0],
      ],
      { outcome: 'hit', boxes: 1 },
    ],
    [
      'net -4: nothing is left of M',
      { defender: aCombatant(armoured(5), {}, 2) },
      [
        [6, 4, 1],
        [4, 4, 4],
        [2, 4, 1],
      ],
      { outcome: 'no damage', boxes: 0 },
    ],
    [
      'pool dice alone beat the attacker',
      { defender: aCombatant(aSheet(), {}, 3) },
      [
        [6, 4, 1],
        [4, 9, 0],
        [3, 9, 2],
      ],
      { outcome: 'clean miss', boxes: 0 },
    ],
    [
      'pool dice tie: no clean miss',
      { defender: aCombatant(aSheet(), {}, 3) },
      [
        [6, 4, 1],
        [4, 9, 0],
        [3, 9, 1],
      ],
      { outcome: 'hit', boxes: 3 },
    ],
    [
      'Body and pool together beat the attacker: staged, no clean miss',
      { defender: aCombatant(armoured(5), {}, 3) },
      [
        [6, 4, 2],
        [4, 4, 2],
        [3, 4, 2],
      ],
      { outcome: 'hit', boxes: 1 },
    ],
    ['no success', {}, [[6, 4, 0]], { outcome: 'miss', boxes: 0 }],
    [
      '4 dice of the Combat Pool',
      { attacker: aCombatant(aSheet(), {}, 4) },
      [
        [10, 4, 5],
        [4, 9, 1],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 10 },
    ],
    [
      'a burst: Power 11, level S, recoil 3',
      { weapon: aRifle(), situation: { metres: 15, mode: 'BF' } },
      [
        [6, 7, 2],
        [4, 11, 0],
        [0, 11, 0],
      ],
      { outcome: 'hit', boxes: 10 },
    ],
    [
      '6 rounds: Power 14, level D, recoil 6',
      { weapon: aRifle(), situation: { metres: 15, mode: 'FA', rounds: 6 } },
      [
        [6, 10, 1],
        [4, 14, 0],
        [0, 14, 0],
      ],
      { outcome: 'hit', boxes: 10 },
    ],
    [
      '3 rounds, compensation 2: Power 11, level S',
      { weapon: aRifle({ recoilCompensation: 2 }), situation: { metres: 15, mode: 'FA', rounds: 3 } },
      [
        [6, 5, 1],
        [4, 11, 0],
        [0, 11, 0],
      ],
      { outcome: 'hit', boxes: 6 },
    ],
    [
      'a called shot: +4, level S',
      { situation: { metres: 5, mode: 'SA', isCalledShot: true } },
      [
        [6, 8, 1],
        [4, 9, 0],
        [0, 9, 0],
      ],
      { outcome: 'hit', boxes: 6 },
    ],
  ])('[TAB8] %s', (_, attack, rolls, expected) => {
    expect(resolved(attack, ...rolls)).toMatchObject(expected)
  })

  it('[TAB8] is a disaster if all dice show 1', () => {
    const sheet = aSheet({ skills: [aSkill('Firearms', 2)] })
    const dice = diceThatGive({ dice: 2, targetNumber: 4, successes: 0, isDisaster: true })
    expect(resolveRangedAttack(dice, anAttack({ attacker: aCombatant(sheet) }))).toMatchObject({ outcome: 'disaster' })
  })

  it('[TAB8] by a taser stuns, and stun beyond ten boxes is physical', () => {
    const weapon = aPistol({ weaponClass: 'taser', damage: '10S Stun' })
    const result = resolved({ weapon, defender: aCombatant(aSheet(), { stun: 6 }) }, [6, 4, 1], [4, 10, 0], [0, 10, 0])
    expect(result.defender).toMatchObject({ stun: 10, physical: 2 })
  })

  it('[TAB8] takes rounds and pool dice, and cuts pool dice to what is left, saying so', () => {
    const attack = {
      attacker: aCombatant(aSheet(), {}, 9),
      weapon: aRifle(),
      situation: { metres: 5, mode: 'BF' } as const,
    }
    const result = resolved(attack, [12, 7, 0])
    expect(result.attackPool).toMatchObject({ asked: 9, used: 6, reason: '6 left' })
    expect(result.attacker).toMatchObject({ ammo: { Rifle: 35, Pistol: 15 }, poolsSpent: { combat: 6 } })
  })
})

describe('the target number of a ranged attack, worked by hand', () => {
  it.each<[string, Partial<RangedSituation>, Partial<RangedWeapon>, number]>([
    ['second semi-automatic shot: 4 + 1', { earlierRounds: 1 }, {}, 5],
    [
      'smartlink, stationary, cover, second shot at 15 m: 5 - 2 - 1 + 4 + 1',
      { metres: 15, targetMovement: 'still', hasPartialCover: true, earlierRounds: 1 },
      { sight: 'smartlink' },
      7,
    ],
    ['attacker and target running: 4 + 4 + 2', { attackerMovement: 'running', targetMovement: 'running' }, {}, 10],
    ['attacker walking, bad ground: 4 + 2', { attackerMovement: 'walking', isBadGround: true }, {}, 6],
    ['cover, stationary: 4 + 4 - 1', { hasPartialCover: true, targetMovement: 'still' }, {}, 7],
    ['darkness: 4 + 8', { visibility: ['full-darkness'] }, {}, 12],
    ['mist and heavy smoke, only the worst: 4 + 6', { visibility: ['mist', 'heavy-smoke'] }, {}, 10],
    ['blind in darkness, not both: 4 + 8', { isBlind: true, visibility: ['full-darkness'] }, {}, 12],
    ['second weapon, no smartlink: 4 + 2', { hasSecondWeapon: true }, { sight: 'smartlink' }, 6],
    ['laser at 20 m: 5 - 1', { metres: 20 }, { sight: 'laser' }, 4],
    ['smart goggles at 20 m: 5 - 1', { metres: 20 }, { sight: 'smart goggles' }, 4],
    ['aim 9, half of skill 6, at 60 m: 9 - 3', { metres: 60, aimActions: 9 }, {}, 6],
    [
      'smartlink, stationary, aim 3: 4 - 2 - 1 - 3, not below 2',
      { targetMovement: 'still', aimActions: 3 },
      { sight: 'smartlink' },
      2,
    ],
    ['two earlier targets, one opponent in melee: 4 + 4 + 2', { extraTargets: 2, meleeOpponents: 1 }, {}, 10],
    ['magnification 2 at 57 m: medium', { metres: 57 }, { magnification: 2 }, 5],
    ['game master: 4 + 3', { gameMaster: [{ name: 'rain of glass', value: 3 }] }, {}, 7],
  ])('[TAB8] %s', (_, situation, weapon, expected) => {
    expect(targetNumber(situation, aPistol(weapon))).toBe(expected)
  })

  it.each<[string, Partial<RangedSituation>, Partial<RangedWeapon>, number]>([
    [
      '6 rounds, compensation 2, heavy: 4 + 2 x 4',
      { mode: 'FA', rounds: 6 },
      { recoilCompensation: 2, isHeavy: true },
      12,
    ],
    ['burst, compensation 3: 4', { mode: 'BF' }, { recoilCompensation: 3 }, 4],
    ['second burst: 4 + 3 + 3', { mode: 'BF', earlierRounds: 3 }, {}, 10],
    [
      'gyro 9 takes the 2 of recoil and the 1 of walking: 4',
      { mode: 'FA', rounds: 6, attackerMovement: 'walking' },
      { recoilCompensation: 4, gyro: 9 },
      4,
    ],
    ['gyro 3 against recoil 3 and running 4: 4 + 4', { mode: 'BF', attackerMovement: 'running' }, { gyro: 3 }, 8],
    [
      'compensation does nothing against movement: 4 + 4',
      { attackerMovement: 'running' },
      { recoilCompensation: 5 },
      8,
    ],
  ])('[TAB8] of a rifle: %s', (_, situation, weapon, expected) => {
    expect(targetNumber(situation, aRifle(weapon))).toBe(expected)
  })

  it('[TAB8] rises with injuries of both tracks and sustained spells: 4 + 2 + 1 + 2', () => {
    const sustained = [{ name: 'Invisibility', force: 4, targets: ['Ada'] }]
    const attacker = aCombatant(aSheet(), { physical: 3, stun: 1, sustained })
    expect(targetNumber({}, aPistol(), { attacker })).toBe(9)
  })

  it('[TAB8] depends on the eyes: minimal light is +6, +4, +2, +4, +2', () => {
    const visions = ['normal', 'low-light-cyber', 'low-light', 'thermographic-cyber', 'thermographic'] as const
    const numbers = visions.map((vision) => {
      const attacker = aCombatant(aSheet({ vision }))
      return targetNumber({ visibility: ['minimal-light'] }, aPistol(), { attacker })
    })
    expect(numbers).toEqual([10, 8, 6, 8, 6])
  })

  it('[TAB8] uses the ranges of the core book: a submachine gun is at short range up to 10 m, not 40', () => {
    const smg = aPistol({ weaponClass: 'smg' })
    expect([10, 11, 40, 41, 80, 81, 150].map((metres) => targetNumber({ metres }, smg))).toEqual([4, 5, 5, 6, 6, 9, 9])
  })

  it('[TAB8] of a bow depends on Strength: 4, 40, 120 and 240 m', () => {
    const attacker = aCombatant(aSheet({ skills: [aSkill('Projectile Weapons', 4)] }))
    const bow = aPistol({ weaponClass: 'bow', damage: '(Str+2)M', armourAgainst: 'impact' })
    const at = (metres: number) => targetNumber({ metres }, bow, { attacker })
    expect([4, 5, 40, 120, 240].map(at)).toEqual([4, 5, 5, 6, 9])
  })
})

describe('a ranged attack that is not possible', () => {
  it('[TAB8] out of range or too near rolls and spends nothing', () => {
    const dice = aDiceSource()
    expect(resolveRangedAttack(dice, anAttack({ situation: { metres: 61, mode: 'SA' } }))).toEqual({
      outcome: 'out of range',
    })
    const launcher = aPistol({ weaponClass: 'grenade launcher' })
    expect(resolveRangedAttack(dice, anAttack({ weapon: launcher, situation: { metres: 4, mode: 'SA' } }))).toEqual({
      outcome: 'too near',
    })
    const magnified = anAttack({ weapon: aPistol({ magnification: 3 }), situation: { metres: 61, mode: 'SA' } })
    expect(resolveRangedAttack(dice, magnified)).toEqual({ outcome: 'out of range' })
    expect(dice.epoch().nextRoll).toBe(1)
  })

  it.each<[string, Partial<RangedAttack>]>([
    ['Pistol has 0 rounds, 1 are needed: reload', { attacker: aCombatant(aSheet(), { ammo: { Pistol: 0 } }) }],
    [
      'Rifle has 2 rounds, 3 are needed',
      {
        attacker: aCombatant(aSheet(), { ammo: { Rifle: 2 } }),
        weapon: aRifle(),
        situation: { metres: 5, mode: 'BF' },
      },
    ],
    ['Pistol has SA, not BF', { situation: { metres: 5, mode: 'BF' } }],
    [
      'rounds: must be a whole number from 3 to 10',
      { weapon: aRifle(), situation: { metres: 5, mode: 'FA', rounds: 11 } },
    ],
    ['rounds: must be a whole number from 3 to 10', { weapon: aRifle(), situation: { metres: 5, mode: 'FA' } }],
    ['rounds: is for full automatic fire', { situation: { metres: 5, mode: 'SA', rounds: 4 } }],
    ['Ada is unconscious', { attacker: aCombatant(aSheet(), { stun: 10 }) }],
    ['Ada is dead', { attacker: aCombatant(aSheet(), { physical: 15 }) }],
    ['metres: must be a whole number', { situation: { metres: 4.5, mode: 'SA' } }],
    [
      'visibility: must be one of full-darkness',
      { situation: { metres: 5, mode: 'SA', visibility: ['fog' as never] } },
    ],
    ['mode: must be one of SS, SA, BF, FA', { situation: { metres: 5, mode: 'XX' as never } }],
    ['combat pool: must be a whole number', { attacker: aCombatant(aSheet(), {}, -1) }],
    ['damage: must be a code', { weapon: aPistol({ damage: '9X' }) }],
  ])('[TAB8] says why: %s', (message, attack) => {
    const dice = aDiceSource()
    expect(() => resolveRangedAttack(dice, anAttack(attack))).toThrow(message)
    expect(dice.epoch().nextRoll).toBe(1)
  })
})
