import { describe, expect, it } from 'vitest'
import { isoOf } from './pool.ts'

const byDate = (text: string) => new Date(text.replace(' ', 'T').replace('+00', 'Z')).toISOString()

describe('a moment of Postgres as ISO text', () => {
  it('is the same as a Date says it, with any number of digits after the second', () => {
    for (let digits = 0; digits <= 6; digits++)
      for (let number = 0; number < 10 ** Math.min(digits, 3); number++) {
        const fraction = digits ? `.${String(number).padStart(digits, '0')}` : ''
        const text = `2026-07-0${1 + (number % 9)} 23:59:${10 + (number % 50)}${fraction}+00`
        expect(isoOf(text)).toBe(byDate(text))
      }
  })

  it.each([
    ['2026-01-01 10:00:00.999999+00', '2026-01-01T10:00:00.999Z'],
    ['0099-01-01 10:00:00+00', '0099-01-01T10:00:00.000Z'],
    ['1969-12-31 23:59:59.5+00', '1969-12-31T23:59:59.500Z'],
  ])('%s is %s', (text, iso) => expect(isoOf(text)).toBe(iso))

  it.each(['infinity', '-infinity', '2026-01-01 10:00:00+00 BC'])('%s is refused', (text) =>
    expect(() => isoOf(text)).toThrow(RangeError),
  )
})
