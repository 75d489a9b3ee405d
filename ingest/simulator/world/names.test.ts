import { describe, expect, it } from 'vitest'
import { seeded } from './chance.ts'
import { uniqueNames } from './names.ts'

describe('names', () => {
  const names = uniqueNames(seeded(7), 2000)

  it('are unique, whatever the case', () => expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(2000))
  it('fit the client: letters, blanks, apostrophes, hyphens, at most 32', () => {
    expect(
      names.filter((name) => name.length > 32 || name.length < 3 || !/^[A-Za-z][A-Za-z' -]*[A-Za-z]$/.test(name)),
    ).toEqual([])
  })
  it('try the server: some have an apostrophe, a hyphen, a blank, a town', () => {
    for (const shape of [/'/, /-/, / /, / of Holtburg$/])
      expect(
        names.some((name) => shape.test(name)),
        String(shape),
      ).toBe(true)
  })
})
