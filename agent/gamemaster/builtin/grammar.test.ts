import { describe, expect, it } from 'vitest'
import { parseCommand } from './grammar.ts'

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
    ['/initiative', { kind: 'initiative' }],
    ['/help', { kind: 'help' }],
  ])('[TAB34] reads %s', (said, command) => {
    expect(parseCommand(said)).toEqual(command)
  })

  it.each(['roll 8', '/roll', '/roll many', '/shoot', '/dance', '', '/', `/roll ${'9'.repeat(400)}`])(
    '[TAB35] does not read “%s”',
    (said) => {
      expect(parseCommand(said)).toBeNull()
    },
  )
})
