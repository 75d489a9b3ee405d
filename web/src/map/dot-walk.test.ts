import { describe, expect, it } from 'vitest'
import { dotTowards, nearestDot } from './dot-walk.ts'

const dot = (name: string, x: number, y: number) => ({ name, x, y })
const dots = [dot('near', 120, 110), dot('straight', 140, 100), dot('above', 100, 40), dot('here', 100, 100)]

describe('an arrow key', () => {
  const from = { x: 100, y: 100 }
  it('leads to the dot in its direction, rather straight on than aside', () => {
    expect(dotTowards(dots, from, [1, 0])?.name).toBe('straight')
    expect(dotTowards(dots, from, [0, -1])?.name).toBe('above')
  })
  it('leads nowhere where no dot lies in its direction', () => {
    expect(dotTowards(dots, from, [-1, 0])).toBeNull()
    expect(dotTowards([dot('aside', 101, 160)], from, [1, 0])).toBeNull()
  })
  it('begins at the dot nearest to the middle', () => {
    expect(nearestDot(dots, { x: 135, y: 90 })?.name).toBe('straight')
    expect(nearestDot([], from)).toBeNull()
  })
})
