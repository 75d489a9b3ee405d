import { describe, expect, it } from 'vitest'
import { logOf, type GameEvent } from './game-log.ts'
import { rerollsIn } from './rerolls.ts'

let ids = 0
const event = (turnId: string, kind: GameEvent['kind'], payload: object): GameEvent => ({
  ...{ id: String(++ids), turnId, kind, payload },
  at: '2026-06-20T18:03:11.123Z',
})
const rolled = (rollId: string, more: object = {}, roll: object = {}) =>
  event('t', 'ROLL', {
    purpose: 'the lock',
    roll: { rollId, kind: 'success', dice: 6, targetNumber: 5, successes: 2, ...roll },
    characterId: 'mara',
    ...more,
  })
const found = (rolls: GameEvent[], karma = 3) => [
  ...rerollsIn(logOf([event('t', 'PROCESSING', { message: 'go' }), ...rolls]), () => karma),
]

describe('rolls that may be rolled again', () => {
  it('[TAB75] are the newest test of a character, then its newest repetition, for one Karma more', () => {
    const first = { characterId: 'mara', karma: 1, dice: 4 }
    expect(found([rolled('a.1')])).toEqual([['a.1', first]])
    expect(found([rolled('a.1'), rolled('a.2')])).toEqual([['a.2', first]])
    const again = rolled('a.2', { rerollOf: 'a.1' }, { dice: 4, successes: 1 })
    expect(found([rolled('a.1'), again])).toEqual([['a.2', { characterId: 'mara', karma: 2, dice: 3 }]])
    expect(found([rolled('a.1'), again], 1)).toEqual([])
  })

  it('[TAB75] are no attacks, open tests, disasters or tests that are not loaded', () => {
    expect(found([rolled('a.1', { characterId: null })])).toEqual([])
    expect(found([rolled('a.1', {}, { kind: 'open' })])).toEqual([])
    expect(found([rolled('a.1', {}, { isDisaster: true, successes: 0 })])).toEqual([])
    expect(found([rolled('a.1', {}, { successes: 6 })])).toEqual([])
    expect(found([rolled('a.2', { rerollOf: 'a.1' })])).toEqual([])
  })
})
