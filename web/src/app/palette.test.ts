import { describe, expect, it, vi } from 'vitest'
import { towns } from '../../../shared/world/dereth/towns.ts'
import { findHits, fit } from './palette.ts'

const searched = {
  characters: [
    { name: 'Larsson', detail: 'hunting' },
    { name: 'Boreal Fist', detail: 'idle' },
  ],
  towns,
  commands: [{ id: 'open-rares', name: 'Open Rares', scope: 'window' as const, run: vi.fn() }],
}

describe('palette', () => {
  it('finds the start of a name before the start of a word before the middle of one', () => {
    expect([fit('Boreal Fist', 'bor'), fit('Boreal Fist', 'fis'), fit('Boreal Fist', 'eal')]).toEqual([4, 3, 2])
    expect(fit('Boreal Fist', 'xyz')).toBe(0)
  })
  it('takes coordinates for a place and nothing else', () => {
    expect(findHits('42.1n, 33.6e', searched)).toMatchObject([
      { kind: 'place', name: 'Go to 42.1N 33.6E', place: { ns: 42.1, ew: 33.6 } },
    ])
  })
  it('finds characters, towns and commands in one box', () => {
    expect(findHits('lars', searched)[0]).toMatchObject({ kind: 'character', name: 'Larsson' })
    expect(findHits('holt', searched)[0]).toMatchObject({ kind: 'town', name: 'Holtburg' })
    expect(findHits('rares', searched)[0]).toMatchObject({ kind: 'command', name: 'Open Rares' })
  })
  it('offers characters and commands before anything is typed, no towns', () => {
    expect(new Set(findHits('', searched).map((hit) => hit.kind))).toEqual(new Set(['character', 'command']))
  })
})
