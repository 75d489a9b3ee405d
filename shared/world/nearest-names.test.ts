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

  it('are first those that start with what was typed, then those that have it as words, then those few letters away', () => {
    const names = ['Wasp', 'Grudge', 'Lesser Drudge', 'Drudge Skulker', 'Sludgedrudge', 'Drudge Robber']
    expect(nearestNames('drudge', names, 5)).toEqual([
      'Drudge Robber',
      'Drudge Skulker',
      'Lesser Drudge',
      'Grudge',
      'Wasp',
    ])
    expect(nearestNames('Skulker', ['Skunk', 'Drudge Skulker', 'Sulker'])).toEqual([
      'Drudge Skulker',
      'Sulker',
      'Skunk',
    ])
  })
})
