import { describe, expect, it } from 'vitest'
import { isLargerThan } from './answer-size.ts'

describe('[LIM2] the size of an answer', () => {
  it.each([
    ['text', 'x'.repeat(1_000)],
    ['rows', { list: Array.from({ length: 50 }, (_, n) => ({ id: `id ${n}`, list: ['a', 'b'], ok: true })) }],
    ['names', { ['name'.repeat(250)]: null }],
    ['nothing', []],
  ])('is never counted for more than it is: %s', (_, value) => {
    const { length } = JSON.stringify(value)
    expect(isLargerThan(value, length)).toBe(false)
    expect(isLargerThan(value, Math.floor(length / 2) - 3)).toBe(true)
  })

  it('is not counted to its end once it is too large', () => {
    let read = 0
    const row = {
      get text() {
        read++
        return 'x'.repeat(100)
      },
    }
    expect(isLargerThan(Array(10_000).fill(row), 1_000)).toBe(true)
    expect(read).toBeLessThan(20)
  })
})
