import { describe, expect, it } from 'vitest'
import { refusedSecrets, whoLeft } from './visits.ts'

describe('the visits of plugins', () => {
  it('count those refused for their secret, and none where that is not shown', () => {
    const dropped = [
      { reason: 'broken_json', count: 9 },
      { reason: 'wrong_secret', count: '3' },
    ]
    expect(refusedSecrets({ plugins: 1, dropped })).toBe(3)
    expect(refusedSecrets({ plugins: 1, dropped: [] })).toBe(0)
    expect(refusedSecrets({ plugins: 1, dropped: null })).toBe(0)
  })
  it('name those that left, not those that came', () => {
    expect(whoLeft(['Larsson', 'Torva'], ['Torva', 'Anker'])).toEqual(['Larsson'])
  })
})
