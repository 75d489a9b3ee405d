import { describe, expect, it } from 'vitest'
import { distance, nearestNames } from './nearest-names.ts'

describe('the distance of two names', () => {
  it.each([
    ['', 'abc', 3],
    ['same', 'same', 0],
    ['Berln', 'Berlin', 1],
    ['Berliin', 'Berlin', 1],
    ['Berlim', 'Berlin', 1],
    ['Belrin', 'Berlin', 1],
  ])('counts letters put in, left out, replaced or swapped: %s, %s', (a, b, wrong) => {
    expect(distance(a, b)).toBe(wrong)
  })
})

describe('the nearest names', () => {
  it('come nearest first, ignoring case, at most as many as asked for', () => {
    const names = ['Europe/Paris', 'Asia/Tokyo', 'Europe/Berlin', 'Europe/Lisbon']
    expect(nearestNames('europe/berlim', names)).toEqual(['Europe/Berlin', 'Europe/Paris', 'Europe/Lisbon'])
    expect(nearestNames('asia/tokio', names, 1)).toEqual(['Asia/Tokyo'])
    expect(nearestNames('anything', [])).toEqual([])
  })
})
