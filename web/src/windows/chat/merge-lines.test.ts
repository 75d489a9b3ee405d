import { describe, expect, it } from 'vitest'
import { mergeLines } from './merge-lines.ts'

describe('chat lines', () => {
  const lines = (...ids: number[]) => ids.map((id) => ({ id: String(id) }))
  it('stay in order and come once, however pages and news overlap', () => {
    expect(mergeLines(lines(9, 10, 11), lines(10, 11, 12), 99)).toEqual(lines(9, 10, 11, 12))
    expect(mergeLines(lines(100, 101), lines(98, 99), 99)).toEqual(lines(98, 99, 100, 101))
  })
  it('let the oldest go beyond the most', () => expect(mergeLines(lines(1, 2, 3), lines(4), 3)).toEqual(lines(2, 3, 4)))
})
