// The engine against a second computation of the same rules, written from their text alone: thousands of situations,
// with dice computed from their secret as docs/tabletop-rules.md describes.
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RangedSituation } from './ranged-target.ts'
import { resolveRangedAttack } from './ranged-attack.ts'
import { resolveMelee } from './melee.ts'
import type { Roll } from './roll.ts'
import { castSpell } from './spell-cast.ts'
import { aCombatant, aPistol, aSheet, aSkill, aSword } from './testing/characters.ts'
import { aDiceSource, aSecret } from './testing/dice.ts'

/** The dice of a roll by its secret: blocks of HMAC, bytes below 252, and the Rule of Six. */
function facesBy(secret: string, roll: Pick<Roll, 'rollId' | 'salt' | 'dice' | 'targetNumber'>): number[][] {
  const bytes: number[] = []
  const blocks = { count: 0 }
  const next = (): number => {
    while (bytes.length === 0) {
      const text = [roll.rollId, roll.salt, `success ${roll.dice} ${roll.targetNumber}`, blocks.count++].join('\n')
      bytes.push(
        ...createHmac('sha256', Buffer.from(secret, 'hex'))
          .update(text)
          .digest()
          .filter((byte) => byte < 252),
      )
    }
    return (bytes.shift()! % 6) + 1
  }
  return Array.from({ length: roll.dice }, () => {
    const die = [next()]
    while (die.at(-1) === 6 && die.length * 6 < roll.targetNumber!) die.push(next())
    return die
  })
}

/** Checks a roll against its secret and gives its successes, counted here. */
function witnessed(epoch: string, roll: Roll, dice: number, targetNumber: number): number {
  const secret = aSecret(epoch)
  expect(roll).toMatchObject({ dice, targetNumber })
  expect(roll.commitment).toBe(createHash('sha256').update(`overlord-dice-1\n${epoch}\n${secret}`).digest('hex'))
  const faces = facesBy(secret, roll)
  expect(roll.faces).toEqual(faces)
  const totals = faces.map((die) => die.reduce((sum, face) => sum + face, 0))
  const successes = totals.filter((total) => total > 1 && total >= targetNumber).length
  expect(roll.successes).toBe(successes)
  return successes
}

const LEVELS = ['', 'L', 'M', 'S', 'D']
const BOXES = [0, 1, 3, 6, 10]
const staged = (level: string, net: number): number => {
  const steps = net >= 0 ? Math.floor(net / 2) : -Math.floor(-net / 2)
  return Math.max(0, Math.min(4, LEVELS.indexOf(level) + steps))
}
const penalty = (boxes: number) => (boxes === 0 ? 0 : boxes < 3 ? 1 : boxes < 6 ? 2 : 3)
const least2 = (number: number) => Math.max(2, number)

const anyShot = fc.record({
  metres: fc.constantFrom(3, 10, 11, 40, 41, 80, 81, 150, 151),
  mode: fc.constantFrom('SA' as const, 'BF' as const, 'FA' as const),
  rounds: fc.integer({ min: 3, max: 10 }),
  earlierRounds: fc.integer({ min: 0, max: 6 }),
  compensation: fc.integer({ min: 0, max: 5 }),
  isHeavy: fc.boolean(),
  attackerMovement: fc.constantFrom('still' as const, 'walking' as const, 'running' as const),
  targetMovement: fc.constantFrom('still' as const, 'walking' as const, 'running' as const),
  isBadGround: fc.boolean(),
  hasPartialCover: fc.boolean(),
  isBlind: fc.boolean(),
  extraTargets: fc.integer({ min: 0, max: 2 }),
  meleeOpponents: fc.integer({ min: 0, max: 2 }),
  hasSecondWeapon: fc.boolean(),
  aimActions: fc.integer({ min: 0, max: 5 }),
  isCalledShot: fc.boolean(),
  sight: fc.constantFrom('none' as const, 'laser' as const, 'smart goggles' as const, 'smartlink' as const),
  isDark: fc.boolean(),
  wounds: fc.integer({ min: 0, max: 9 }),
  stun: fc.integer({ min: 0, max: 9 }),
  skill: fc.integer({ min: 1, max: 8 }),
  pool: fc.integer({ min: 0, max: 9 }),
  body: fc.integer({ min: 1, max: 9 }),
  dodge: fc.integer({ min: 0, max: 9 }),
  armour: fc.integer({ min: 0, max: 12 }),
  hurt: fc.integer({ min: 0, max: 9 }),
  epoch: fc.integer({ min: 1, max: 1e9 }).map((number) => `shot-${number}`),
})
type Shot = typeof anyShot extends fc.Arbitrary<infer T> ? T : never

/** The target number of a shot with a submachine gun; null beyond extreme range. */
function targetNumberOf(shot: Shot): number | null {
  const band = [10, 40, 80, 150].findIndex((limit) => shot.metres <= limit)
  if (band < 0) return null
  const walks = shot.isBadGround ? 2 : 1
  const runs = shot.isBadGround ? 6 : 4
  const burst = shot.mode === 'BF' ? 3 : shot.mode === 'FA' ? shot.rounds : 0
  const recoil = Math.max(0, burst + shot.earlierRounds - shot.compensation) * (shot.isHeavy ? 2 : 1)
  const sight = { none: 0, laser: -1, 'smart goggles': -1, smartlink: -2 }[shot.sight]
  return [
    [4, 5, 6, 9][band]!,
    recoil,
    { still: 0, walking: walks, running: runs }[shot.attackerMovement],
    { still: -1, walking: 0, running: 2 }[shot.targetMovement],
    shot.hasPartialCover ? 4 : 0,
    shot.isBlind || shot.isDark ? 8 : 0,
    2 * shot.extraTargets,
    2 * shot.meleeOpponents,
    shot.hasSecondWeapon ? 2 : sight,
    -Math.min(shot.aimActions, Math.floor(shot.skill / 2)),
    shot.isCalledShot ? 4 : 0,
    penalty(shot.wounds) + penalty(shot.stun),
  ].reduce((sum, part) => sum + part, 0)
}

describe('a second computation of the rules', () => {
  it('[TAB66] agrees about shots: every circumstance, staging, clean misses, armour, boxes, rounds', () => {
    fc.assert(
      fc.property(anyShot, (shot) => {
        const { skill, pool, body, dodge, armour, hurt, wounds, stun, epoch } = shot
        const gun = aPistol({
          ...{ name: 'SMG', weaponClass: 'smg', damage: '7M', modes: ['SA', 'BF', 'FA'], magazine: 32 },
          ...{ recoilCompensation: shot.compensation, isHeavy: shot.isHeavy, sight: shot.sight },
        })
        const shooter = aSheet({ skills: [aSkill('Firearms', skill)], weapons: [gun] })
        const worn = [{ name: 'Coat', ballistic: armour, impact: 0, isWorn: true }]
        const target = aSheet({ name: 'Bo', attributes: { body, quickness: 12 }, armour: worn })
        const { mode, rounds, isDark, metres, earlierRounds, ...rest } = shot
        const situation: RangedSituation = {
          ...{ metres, mode, earlierRounds, ...(mode === 'FA' && { rounds }) },
          ...{ attackerMovement: rest.attackerMovement, targetMovement: rest.targetMovement },
          ...{ isBadGround: rest.isBadGround, hasPartialCover: rest.hasPartialCover, isBlind: rest.isBlind },
          ...{ extraTargets: rest.extraTargets, meleeOpponents: rest.meleeOpponents, aimActions: rest.aimActions },
          ...{ hasSecondWeapon: rest.hasSecondWeapon, isCalledShot: rest.isCalledShot },
          visibility: isDark ? ['mist', 'full-darkness'] : [],
        }
        const result = resolveRangedAttack(aDiceSource(epoch), {
          attacker: aCombatant(shooter, { physical: wounds, stun }, pool),
          defender: aCombatant(target, { physical: hurt }, dodge),
          ...{ weapon: gun, situation },
        })
        const sum = targetNumberOf(shot)
        if (sum === null || !('attackRoll' in result))
          return void expect([sum, result]).toEqual([null, { outcome: 'out of range' }])
        const dice = skill + Math.min(pool, skill, 6)
        const hits = witnessed(epoch, result.attackRoll, dice, least2(sum))
        const fired = mode === 'FA' ? rounds : mode === 'BF' ? 3 : 1
        const power = 7 + (mode === 'FA' ? rounds : mode === 'BF' ? 3 : 0)
        const levels = (mode === 'FA' ? Math.floor(rounds / 3) : mode === 'BF' ? 1 : 0) + (shot.isCalledShot ? 1 : 0)
        const level = LEVELS[Math.min(4, 2 + levels)]!
        expect([result.rounds, result.attacker.ammo['SMG']]).toEqual([fired, 32 - fired])
        expect([result.damage.power, result.damage.level]).toEqual([power, level])
        if (hits === 0) return void expect([result.boxes, result.resistance]).toEqual([0, null])
        const { bodyRoll, poolRoll } = result.resistance!
        const resisted = least2(power - armour)
        const byBody = witnessed(epoch, bodyRoll, body, resisted)
        // Armour above Quickness takes dice of the pool: none here, with 12.
        const dodged = witnessed(epoch, poolRoll, Math.min(dodge, Math.floor((12 + 4 + 4) / 2)), resisted)
        const boxes = dodged > hits ? 0 : BOXES[staged(level, hits - byBody - dodged)]!
        expect([result.boxes, result.defender.physical]).toEqual([boxes, hurt + boxes])
        expect(result.outcome).toBe(dodged > hits ? 'clean miss' : boxes ? 'hit' : 'no damage')
      }),
      { numRuns: 1500 },
    )
  })

  it('[TAB66] agrees about blows: reach, ties, staging by both sides, impact armour', () => {
    const any = fc.record({
      reach: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 })),
      skill: fc.tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })),
      pool: fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })),
      impact: fc.integer({ min: 0, max: 4 }),
      wounds: fc.integer({ min: 0, max: 9 }),
      epoch: fc.integer({ min: 1, max: 1e9 }).map((number) => `blow-${number}`),
    })
    fc.assert(
      fc.property(any, ({ reach, skill, pool, impact, wounds, epoch }) => {
        const side = (n: 0 | 1) => {
          const weapon = aSword({ reach: reach[n] })
          const armour = [{ name: 'Plates', ballistic: 0, impact, isWorn: true }]
          const sheet = aSheet({
            name: `Side ${n}`,
            skills: [aSkill('Armed Combat', skill[n])],
            weapons: [weapon],
            armour,
          })
          return { ...aCombatant(sheet, n === 0 ? { physical: wounds } : {}, pool[n]), weapon }
        }
        const result = resolveMelee(aDiceSource(epoch), { attacker: side(0), defender: side(1) })
        const numberOf = (n: 0 | 1) =>
          least2(4 - Math.max(0, reach[n] - reach[1 - n]!) + (n === 0 ? penalty(wounds) : 0))
        const rolled = ([0, 1] as const).map((n) => {
          const { roll } = n === 0 ? result.attacker : result.defender
          return witnessed(epoch, roll, skill[n] + Math.min(pool[n], skill[n], 6), numberOf(n))
        })
        const net = rolled[0]! - rolled[1]!
        expect(result.winner).toBe(net >= 0 ? 'attacker' : 'defender')
        if (rolled[0]! + rolled[1]! === 0) return void expect(result.boxes).toBe(0)
        const up = staged('M', Math.abs(net))
        const body = witnessed(epoch, result.resistance!.bodyRoll, 4, least2(6 - impact))
        const down = staged(LEVELS[up]!, -body)
        expect([result.stagedLevel, result.boxes]).toEqual([LEVELS[up], BOXES[down]])
      }),
      { numRuns: 800 },
    )
  })

  it('[TAB66] agrees about spells: Force and pool dice, resistance, ties, drain of both kinds, sustained spells', () => {
    const combat = [
      ...[
        ['Mana Dart', 'L', 0, 'L'],
        ['Mana Missile', 'M', 0, 'M'],
        ['Mana Bolt', 'S', 0, 'S'],
      ],
      ...[
        ['Power Dart', 'L', 1, 'L'],
        ['Power Missile', 'M', 1, 'M'],
        ['Power Bolt', 'S', 1, 'S'],
      ],
      ...[
        ['Manaball', 'M', 0, 'S'],
        ['Powerball', 'M', 1, 'S'],
        ['Fireball', 'S', 3, 'D'],
        ['Hellblast', 'D', 6, 'D'],
      ],
    ] as [string, string, number, string][]
    const any = fc.record({
      spell: fc.constantFrom(...combat),
      force: fc.integer({ min: 1, max: 10 }),
      magic: fc.integer({ min: 1, max: 8 }),
      pool: fc.integer({ min: 0, max: 8 }),
      drainPool: fc.integer({ min: 0, max: 8 }),
      body: fc.integer({ min: 1, max: 9 }),
      willpower: fc.integer({ min: 1, max: 9 }),
      sustained: fc.integer({ min: 0, max: 2 }),
      stun: fc.integer({ min: 0, max: 9 }),
      cover: fc.boolean(),
      epoch: fc.integer({ min: 1, max: 1e9 }).map((number) => `spell-${number}`),
    })
    fc.assert(
      fc.property(any, ({ spell: [name, level, modifier, drainLevel], force, magic, ...given }) => {
        const { pool, drainPool, body, willpower, stun, epoch } = given
        const caster = aSheet({ magic, skills: [aSkill('Sorcery', 6)], spells: [{ name, force: 10 }] })
        const state = aCombatant(caster, { stun }).state
        state.sustained = Array.from({ length: given.sustained }, () => ({ name: 'Armour', force: 1, targets: [] }))
        const target = aCombatant(aSheet({ name: 'Bo', attributes: { body, willpower } }))
        const result = castSpell(aDiceSource(epoch), {
          caster: { sheet: caster, state },
          ...{ spell: name, force, poolDice: pool, drainPoolDice: drainPool },
          targets: [{ sheet: target.sheet, state: target.state, hasPartialCover: given.cover }],
        })
        const attribute = name.startsWith('Mana') ? willpower : body
        const base = name === 'Fireball' || name === 'Hellblast' ? 4 : attribute
        const number = least2(base + (given.cover ? 4 : 0) + penalty(stun) + 2 * given.sustained)
        const used = Math.min(pool, magic, 6)
        const successes = witnessed(epoch, result.roll, force + used, number)
        const effect = result.effects[0]!
        expect(effect.successes).toBe(successes)
        let boxes = 0
        if (successes > 0) {
          const net = successes - witnessed(epoch, effect.resistance!, attribute, least2(force))
          boxes = net < 0 ? 0 : net === 0 ? 1 : BOXES[staged(level, net)]!
        }
        expect(effect.boxes).toBe(boxes)
        const isDisaster = result.roll.faces.every(([first]) => first === 1)
        const drainNumber = least2(Math.floor(force / 2) + modifier + (isDisaster ? 2 : 0))
        const resisted = witnessed(epoch, result.drain.roll, 4 + Math.min(drainPool, 6 - used), drainNumber)
        const drained = BOXES[staged(drainLevel, -resisted)]!
        const kind = force > magic ? 'physical' : 'stun'
        expect([result.drain.boxes, result.drain.kind]).toEqual([drained, kind])
        const stunAfter = stun + (kind === 'stun' ? drained : 0)
        const overflow = Math.max(0, stunAfter - 10)
        expect(result.caster).toMatchObject({
          stun: Math.min(10, stunAfter),
          physical: overflow + (kind === 'physical' ? drained : 0),
        })
      }),
      { numRuns: 1500 },
    )
  })
})
