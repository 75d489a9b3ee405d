import { describe, expect, it } from 'vitest'
import { placeNames, type Named } from './eye-labels.ts'

const player = (name: string, left: number, top: number): Named => ({ name, left, top, width: 70, side: 'above' })
const bot = (name: string, left: number, top: number): Named => ({ ...player(name, left, top), side: 'below' })

/** Names that cover one another. */
function overlaps(all: readonly Named[]): string[] {
  const placed = placeNames(all)
  return placed.flatMap((one, nth) =>
    placed
      .slice(nth + 1)
      .filter((other) => Math.abs(one.left - other.left) < 70 && Math.abs(one.top - other.top) < 14)
      .map((other) => `${one.name} and ${other.name}`),
  )
}

describe('names on the map', () => {
  it('stand above players and below bots where there is room', () => {
    expect(placeNames([player('Ann', 100, 100), bot('Eye', 300, 100)])).toEqual([
      { name: 'Ann', left: 100, top: 88 },
      { name: 'Eye', left: 300, top: 119 },
    ])
  })

  it('do not cover one another where a bot is close to a player, on any side', () => {
    for (let x = -80; x <= 80; x += 5)
      for (let y = -60; y <= 60; y += 5)
        expect(overlaps([player('Ann', 200, 200), bot('Eye', 200 + x, 200 + y)]), `${x} ${y}`).toEqual([])
  })

  it('do not cover one another where ten are in one place', () => {
    const crowd = Array.from({ length: 10 }, (_, nth) => (nth % 3 ? player : bot)(`n${nth}`, 200 + nth, 200))
    expect(overlaps(crowd)).toEqual([])
  })
})
