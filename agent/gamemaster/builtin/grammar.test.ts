import { describe, expect, it } from 'vitest'
import { formOf, FORMS, parseCommand } from './grammar.ts'

describe('commands of the built-in game master', () => {
  it.each([
    ['/roll 8 tn5', { kind: 'roll', dice: 8, targetNumber: 5, purpose: null }],
    ['/ROLL 8d6 TN 5 for the lock', { kind: 'roll', dice: 8, targetNumber: 5, purpose: 'the lock' }],
    ['/roll 6', { kind: 'roll', dice: 6, targetNumber: null, purpose: null }],
    ['/shoot Razor', { kind: 'shoot', target: 'Razor', weapon: null, metres: null, pool: null }],
    [
      '/shoot Big Razor with Ares Predator at 20 m pool 3',
      { kind: 'shoot', target: 'Big Razor', weapon: 'Ares Predator', metres: 20, pool: 3 },
    ],
    ['/cast Mana Bolt at Razor force 4', { kind: 'cast', spell: 'Mana Bolt', target: 'Razor', force: 4, pool: null }],
    [
      '/shoot Razor with Ingram Smartgun at 8 m burst pool 2',
      { kind: 'shoot', target: 'Razor', weapon: 'Ingram Smartgun', metres: 8, pool: 2, mode: 'BF' },
    ],
    [
      '/shoot Razor auto 6',
      { kind: 'shoot', target: 'Razor', weapon: null, metres: null, pool: null, mode: 'FA', rounds: 6 },
    ],
    ['/strike Razor', { kind: 'strike', target: 'Razor', weapon: null, pool: null }],
    ['/strike Razor with Sword pool 2', { kind: 'strike', target: 'Razor', weapon: 'Sword', pool: 2 }],
    ['/strike Razor pool 2 out of turn', { kind: 'strike', target: 'Razor', weapon: null, pool: 2, outOfTurn: true }],
    ['/reroll', { kind: 'reroll' }],
    ['/drop Invisibility', { kind: 'drop', spell: 'Invisibility' }],
    ['/initiative', { kind: 'initiative' }],
    ['/NEXT', { kind: 'next' }],
    ['/help', { kind: 'help' }],
  ])('[TAB34] reads %s', (said, command) => {
    expect(parseCommand(said)).toEqual(command)
  })

  it.each([
    'roll 8',
    '/roll',
    '/roll many',
    '/shoot',
    '/strike',
    '/strike out of turn',
    '/drop',
    '/dance',
    '',
    '/',
    `/roll ${'9'.repeat(400)}`,
  ])('[TAB35] does not read “%s”', (said) => {
    expect(parseCommand(said)).toBeNull()
  })

  it('[TAB35] names the form of the command that something begins with, without figures', () => {
    expect(formOf('/shoot')).toBe('/shoot TARGET with WEAPON at METRES pool DICE')
    expect(formOf('/ROLL many')).toBe('/roll DICE tn NUMBER')
    expect([formOf('/dance'), formOf('/toString'), formOf('roll')]).toEqual([null, null, null])
    expect(Object.values(FORMS).join()).not.toMatch(/[0-9]/)
  })
})
