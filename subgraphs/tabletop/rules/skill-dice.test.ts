import { describe, expect, it } from 'vitest'
import { difficultyOf } from '../../../shared/world/tabletop/difficulty.ts'
import { skills } from '../../../shared/world/tabletop/skills.ts'
import { opposedTest, stagedTime } from './opposed-test.ts'
import { skillDice, skillRoutes, splitSkill } from './skill-dice.ts'
import { aSheet, aSkill } from './testing/characters.ts'
import { diceThatGive } from './testing/dice.ts'

describe('the dice of a skill', () => {
  it('[TAB5] are its rating, without an attribute', () => {
    const sheet = aSheet({ skills: [aSkill('Stealth', 5)], attributes: { quickness: 6 } })
    expect(skillDice(sheet, { skill: 'stealth' })).toEqual({
      dice: 5,
      parts: [{ name: 'Stealth', value: 5, source: 'sheet', certainty: 'core' }],
      targetParts: [],
      route: null,
      mostPoolDice: 5,
    })
  })

  it('[TAB5] are those of the narrowest rating that covers the use', () => {
    const skill = splitSkill('Firearms', 4, 'Pistols', 'Predator')
    const sheet = aSheet({ skills: [skill] })
    const dice = (concentration?: string, specialization?: string) =>
      skillDice(sheet, { skill: 'Firearms', concentration, specialization }).dice
    expect([dice('Pistols', 'Predator'), dice('Pistols', 'Uzi'), dice('Rifles'), dice()]).toEqual([6, 4, 2, 2])
  })

  it('[TAB5] are split at creation: concentration +1 and general -1, specialization +2 and general -2', () => {
    expect(splitSkill('Firearms', 5, 'Pistols')).toMatchObject({ rating: 4, concentration: { rating: 6 } })
    expect(splitSkill('Firearms', 5, 'Pistols', 'Predator')).toMatchObject({
      rating: 3,
      concentration: { rating: 5 },
      specialization: { rating: 7 },
    })
  })

  it('[TAB5] are there for the concentration of a skill with a general rating of 0', () => {
    const sheet = aSheet({ skills: [splitSkill('Firearms', 1, 'Pistols')], attributes: { quickness: 5 } })
    const pistols = { skill: 'Firearms', concentration: 'Pistols' }
    expect(skillDice(sheet, pistols)).toMatchObject({ dice: 2, targetParts: [], route: null, mostPoolDice: 2 })
    expect(skillDice(sheet, { skill: 'Firearms', concentration: 'Rifles' }).route).toMatchObject({ from: 'quickness' })
  })

  it('[TAB5] of a missing skill come from the nearest of the web, +2 to the target number for each circle', () => {
    const sheet = aSheet({
      skills: [aSkill('Gunnery', 3), aSkill('Projectile Weapons', 6)],
      attributes: { quickness: 5 },
    })
    expect(skillDice(sheet, { skill: 'Firearms' })).toMatchObject({
      dice: 3,
      targetParts: [{ value: 2, certainty: 'web' }],
      route: { from: 'Gunnery', circles: 1 },
      mostPoolDice: 3,
    })
    expect(skillDice(sheet, { skill: 'Firearms' }, 'projectile weapons')).toMatchObject({
      dice: 6,
      targetParts: [{ value: 6 }],
    })
    expect(skillDice(sheet, { skill: 'Firearms' }, 'quickness')).toMatchObject({
      dice: 5,
      targetParts: [{ value: 4 }],
      mostPoolDice: 0,
    })
  })

  it('[TAB5] follow the arrows of the web alone', () => {
    const stealthy = aSheet({ skills: [aSkill('Armed Combat', 6), aSkill('Etiquette', 4)] })
    // Quickness leads to Armed Combat, Armed Combat to nothing but what is beside it.
    expect(skillRoutes(stealthy, 'Stealth').map((route) => route.from)).toEqual(['quickness'])
    expect(skillRoutes(stealthy, 'Armed Combat B/R').map((route) => route.from)).toContain('Armed Combat')
    expect(skillRoutes(stealthy, 'Unarmed Combat').map(({ from, circles }) => [from, circles])).toEqual([
      ['quickness', 1],
      ['Armed Combat', 2],
      ['strength', 2],
      ['body', 3],
    ])
  })

  it('[TAB5] do not exist without a route', () => {
    expect(() => skillDice(aSheet(), { skill: 'Sorcery' })).toThrow('Ada has no Sorcery, and the skill web no route')
    expect(() => skillDice(aSheet(), { skill: 'o4' })).toThrow('Ada has no o4')
    expect(() => skillDice(aSheet(), { skill: 'Stealth' }, 'charisma')).toThrow('no route to it from charisma')
  })

  it('[TAB5] exist for every combat and social skill by an attribute', () => {
    const sheet = aSheet({ skills: [] })
    for (const skill of [...skills.combat, ...skills.social, ...skills.physical])
      expect([skill, skillRoutes(sheet, skill).length > 0]).toEqual([skill, true])
  })
})

describe('tests of two sides and of time', () => {
  it('[TAB5] are won by more successes', () => {
    const dice = diceThatGive({ dice: 6, targetNumber: 4, successes: 4 }, { dice: 5, targetNumber: 6, successes: 1 })
    const sides = { first: { dice: 6, targetNumber: 4 }, second: { dice: 5, targetNumber: 6 } }
    expect(opposedTest(dice, sides)).toMatchObject({ winner: 'first', netSuccesses: 3 })
    const tied = diceThatGive({ dice: 6, targetNumber: 4, successes: 2 }, { dice: 5, targetNumber: 6, successes: 2 })
    expect(opposedTest(tied, sides)).toMatchObject({ winner: 'tie', netSuccesses: 0 })
  })

  it('[TAB5] divide the time by successes, to the nearest unit and at least one', () => {
    expect([1, 2, 3, 4, 7, 60, 500].map((successes) => stagedTime(60, successes))).toEqual([60, 30, 20, 15, 9, 1, 1])
    expect([stagedTime(10, 4), stagedTime(11, 4), stagedTime(9, 4)]).toEqual([3, 3, 2])
    expect(() => stagedTime(60, 0)).toThrow('a failed test has no time')
  })

  it('[TAB5] are called by the words of the core book: 4 is average, 5 challenging', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14].map(difficultyOf)).toEqual([
      ...['simple', 'simple', 'routine', 'average', 'challenging', 'difficult', 'difficult', 'strenuous', 'extreme'],
      ...['near impossible', 'near impossible'],
    ])
  })
})
