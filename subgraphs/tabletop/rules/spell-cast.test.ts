import { describe, expect, it } from 'vitest'
import { castSpell, dropSpell, type Casting } from './spell-cast.ts'
import type { SpellTarget } from './spell-target.ts'
import type { Sheet } from './sheet.ts'
import { aCombatant, aSheet, aSkill } from './testing/characters.ts'
import { aDiceSource, diceThatGive } from './testing/dice.ts'

type Three = readonly [dice: number, targetNumber: number, successes: number, isDisaster?: boolean]

const names = ['Mana Bolt', 'Mana Dart', 'Power Bolt', 'Manaball', 'Fireball', 'Hellblast', 'Sleep', 'Invisibility']

/** Magic 6, Sorcery 6, Willpower 5: Magic Pool 6. */
const aMage = (changes: Partial<Sheet> = {}) =>
  aSheet({
    name: 'Merle',
    attributes: { willpower: 5 },
    magic: 6,
    skills: [aSkill('Sorcery', 6)],
    spells: names.map((name) => ({ name, force: 6 })),
    ...changes,
  })

const aTarget = (changes: Partial<SpellTarget> = {}) => ({ ...aCombatant(), ...changes }) as SpellTarget

const aCasting = (changes: Partial<Casting> = {}): Casting => ({
  caster: aCombatant(aMage()),
  spell: 'Mana Bolt',
  force: 6,
  poolDice: 0,
  drainPoolDice: 0,
  targets: [aTarget()],
  ...changes,
})

/** Casts with dice that come out as given, and compares every roll with them. */
function cast(casting: Partial<Casting>, ...rolls: Three[]) {
  const expected = rolls.map(([dice, targetNumber, successes, isDisaster = false]) => {
    return { dice, targetNumber, successes, isDisaster }
  })
  const result = castSpell(diceThatGive(...expected), aCasting(casting))
  const resistances = result.effects.map((effect) => effect.resistance)
  const made = [result.roll, ...resistances, result.drain.roll].filter((roll) => roll !== null)
  expect(
    made.map(({ dice, targetNumber, successes, isDisaster }) => ({ dice, targetNumber, successes, isDisaster })),
  ).toEqual(expected)
  return result
}

describe('sorcery, worked by hand', () => {
  it.each<[string, Partial<Casting>, Three[], { outcome: string; boxes: number }, { boxes: number; kind: string }]>([
    [
      'net 2: S to D; drain (F/2)S against 3, four successes: L',
      {},
      [
        [6, 4, 3],
        [4, 6, 1],
        [5, 3, 4],
      ],
      { outcome: 'effect', boxes: 10 },
      { boxes: 1, kind: 'stun' },
    ],
    [
      'net 1: S',
      {},
      [
        [6, 4, 2],
        [4, 6, 1],
        [5, 3, 3],
      ],
      { outcome: 'effect', boxes: 6 },
      { boxes: 3, kind: 'stun' },
    ],
    [
      'a tie: Light',
      {},
      [
        [6, 4, 1],
        [4, 6, 1],
        [5, 3, 2],
      ],
      { outcome: 'effect', boxes: 1 },
      { boxes: 3, kind: 'stun' },
    ],
    [
      'the target has more: nothing',
      {},
      [
        [6, 4, 1],
        [4, 6, 2],
        [5, 3, 5],
      ],
      { outcome: 'resisted', boxes: 0 },
      { boxes: 1, kind: 'stun' },
    ],
    [
      'no success: nothing, and drain',
      {},
      [
        [6, 4, 0],
        [5, 3, 0],
      ],
      { outcome: 'none', boxes: 0 },
      { boxes: 6, kind: 'stun' },
    ],
    [
      'Force 3, all ones: drain 1 + 2',
      { force: 3 },
      [
        [3, 4, 0, true],
        [5, 3, 2],
      ],
      { outcome: 'none', boxes: 0 },
      { boxes: 3, kind: 'stun' },
    ],
    [
      'Force 6 above Magic 4: physical drain',
      { caster: aCombatant(aMage({ magic: 4 })) },
      [
        [6, 4, 1],
        [4, 6, 0],
        [5, 3, 0],
      ],
      { outcome: 'effect', boxes: 6 },
      { boxes: 6, kind: 'physical' },
    ],
    [
      'pool 2 on the spell, 4 on the drain',
      { poolDice: 2, drainPoolDice: 4 },
      [
        [8, 4, 4],
        [4, 6, 0],
        [9, 3, 6],
      ],
      { outcome: 'effect', boxes: 10 },
      { boxes: 0, kind: 'stun' },
    ],
    [
      'Power Bolt: Body, drain + 1',
      { spell: 'power bolt' },
      [
        [6, 4, 2],
        [4, 6, 0],
        [5, 4, 4],
      ],
      { outcome: 'effect', boxes: 10 },
      { boxes: 1, kind: 'stun' },
    ],
    [
      'Power Bolt at high technology: 8, no resistance',
      { spell: 'Power Bolt', targets: [{ object: 'high technology', name: 'drone' }] },
      [
        [6, 8, 1],
        [5, 4, 0],
      ],
      { outcome: 'effect', boxes: 6 },
      { boxes: 6, kind: 'stun' },
    ],
    [
      'Fireball: 4, drain + 3',
      { spell: 'Fireball', force: 5 },
      [
        [5, 4, 2],
        [4, 5, 1],
        [5, 5, 2],
      ],
      { outcome: 'effect', boxes: 6 },
      { boxes: 6, kind: 'stun' },
    ],
    [
      'Hellblast: drain + 6 of level D',
      { spell: 'Hellblast', force: 4 },
      [
        [4, 4, 1],
        [4, 4, 1],
        [5, 8, 1],
      ],
      { outcome: 'effect', boxes: 1 },
      { boxes: 10, kind: 'stun' },
    ],
    [
      'Mana Dart, Force 1: drain not below 2',
      { spell: 'Mana Dart', force: 1 },
      [
        [1, 4, 1],
        [4, 2, 0, true],
        [5, 2, 2],
      ],
      { outcome: 'effect', boxes: 1 },
      { boxes: 0, kind: 'stun' },
    ],
    [
      'spell defence 3',
      { targets: [aTarget({ defenceDice: 3 })] },
      [
        [6, 4, 2],
        [7, 6, 3],
        [5, 3, 4],
      ],
      { outcome: 'resisted', boxes: 0 },
      { boxes: 1, kind: 'stun' },
    ],
    [
      'cover and light smoke: 4 + 4 + 4',
      { targets: [aTarget({ hasPartialCover: true, visibility: ['light-smoke'] })] },
      [
        [6, 12, 1],
        [4, 6, 0],
        [5, 3, 4],
      ],
      { outcome: 'effect', boxes: 6 },
      { boxes: 1, kind: 'stun' },
    ],
  ])('[TAB12] %s', (_, casting, rolls, effect, drain) => {
    const result = cast(casting, ...rolls)
    expect(result.effects[0]).toMatchObject(effect)
    expect(result.drain).toMatchObject(drain)
    expect(result.caster[result.drain.kind]).toBe(result.drain.boxes)
  })

  it('[TAB12] rolls against injuries and sustained spells too, the drain against neither', () => {
    const state = { physical: 1, sustained: [{ name: 'Invisibility', force: 2, targets: ['Merle'] }] }
    cast({ caster: aCombatant(aMage(), state) }, [6, 7, 1], [4, 6, 0], [5, 3, 4])
  })

  it('[TAB12] takes at most Magic from the pool for the spell and the rest for the drain', () => {
    const caster = aCombatant(aMage({ magic: 4, powerFoci: 2 }))
    const result = cast({ caster, force: 4, poolDice: 8, drainPoolDice: 8 }, [8, 4, 4], [4, 4, 2], [9, 2, 6])
    expect(result.pool).toMatchObject({ used: 4, reason: 'at most the Magic attribute (4)' })
    expect(result.drain.pool).toMatchObject({ used: 4, reason: '4 left' })
    expect(result.caster.poolsSpent.magic).toBe(8)
  })

  it('[TAB12] of an area spell is one roll, which each target compares with its own number', () => {
    const weak = aTarget({ ...aCombatant(aSheet({ name: 'Weak', attributes: { willpower: 2 } })) })
    const strong = aTarget({ ...aCombatant(aSheet({ name: 'Strong', attributes: { willpower: 6 } })) })
    const result = castSpell(aDiceSource('area'), aCasting({ spell: 'Manaball', targets: [weak, strong] }))
    expect(result.roll.targetNumber).toBe(6)
    expect(result.effects.map((effect) => [effect.target, effect.targetNumber.value])).toEqual([
      ['Weak', 2],
      ['Strong', 6],
    ])
    const reaching = (number: number) => result.roll.faces.filter(([face]) => face! >= number).length
    expect(result.effects.map((effect) => effect.successes)).toEqual([reaching(2), reaching(6)])
    expect(result.areaMetres).toBe(6)
  })

  it('[TAB12] that lasts is sustained until it is dropped or the caster loses consciousness', () => {
    const casting = { spell: 'Invisibility', force: 4 }
    const result = cast(casting, [4, 4, 2], [5, 2, 4])
    expect(result.caster.sustained).toEqual([{ name: 'Invisibility', force: 4, targets: ['Ada'] }])
    expect(dropSpell(result.caster, 'invisibility').sustained).toEqual([])
    expect(() => dropSpell(result.caster, 'Armour')).toThrow('Armour is not sustained')
    const tired = aCombatant(aMage(), { stun: 9 })
    const fainting = cast({ ...casting, caster: tired }, [4, 7, 1], [5, 2, 1])
    expect(fainting.caster).toMatchObject({ stun: 10, physical: 2, sustained: [] })
  })

  it('[TAB12] at the caster leaves one state, with drain and damage', () => {
    const caster = aCombatant(aMage())
    const result = cast({ caster, spell: 'Fireball', force: 4, targets: [caster] }, [4, 4, 2], [4, 4, 2], [5, 5, 4])
    expect(result.caster).toMatchObject({ physical: 1, stun: 3 })
    expect(result.effects[0]!.state).toEqual(result.caster)
  })

  it.each<[string, Partial<Casting>]>([
    ['Merle has not learned Levitate', { spell: 'Levitate' }],
    ['force: must be a whole number from 1 to 6, received 7', { force: 7 }],
    ['Ada has no magic', { caster: aCombatant() }],
    ['Mana Bolt has 1 to 1 targets', { targets: [aTarget(), aTarget()] }],
    ['Mana Bolt is a mana spell', { targets: [{ object: 'natural', name: 'tree' }] }],
    ['Merle is unconscious', { caster: aCombatant(aMage(), { physical: 10 }) }],
    ['drainPoolDice: must be a whole number', { drainPoolDice: 0.5 }],
    ['defenceDice: must be a whole number', { targets: [aTarget({ defenceDice: -1 })] }],
  ])('[TAB12] says why it is not possible: %s', (message, casting) => {
    expect(() => castSpell(aDiceSource(), aCasting(casting))).toThrow(message)
  })
})
