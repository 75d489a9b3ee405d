import { describe, expect, it } from 'vitest'
import type { GmEventKind } from '../../generated/types.ts'
import { logOf, type GameEvent } from './game-log.ts'

let id = 0
const event = (kind: GmEventKind, payload: object): GameEvent => ({
  ...{ id: String(++id), turnId: 'turn', kind, payload, at: '2026-01-01T00:00:00Z' },
})
const turnThatEnds = (content: string) =>
  logOf([
    event('PROCESSING', { message: 'I listen', by: 'Lea' }),
    event('NARRATIVE', { content: 'The rain' }),
    event('COMPLETE', { content }),
  ])[0]!

describe('a turn in the log', () => {
  it('says how the answer of a model ended, where that was not as it should be', () => {
    expect(turnThatEnds('The answer broke off.')).toMatchObject({ isOpen: false, note: 'The answer broke off.' })
    expect(turnThatEnds('Response complete')).toMatchObject({ isOpen: false, note: null, error: null })
  })
})
