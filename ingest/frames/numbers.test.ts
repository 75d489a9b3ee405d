import { describe, expect, it } from 'vitest'
import { contract } from './registry.ts'
import { toNumber, toWhole } from '../../shared/contract/numbers.ts'

describe('a whole number in words', () => {
  it.each([
    ['4211', 4211],
    ['0', 0],
    [' 7 ', 7],
    ['-12', -12],
    ['1,234', 1234],
    ['1.520', 1520],
    ['1.000', 1000],
    ['-1,234,567', -1_234_567],
    ['4\u00a0211', 4211],
    ['4\u202f211', 4211],
    ['4 211', 4211],
    ["4'211", 4211],
    ['4’211', 4211],
    ['12.0', 12],
    ['12,00', 12],
    ['1234.000', 1234],
    ['1,234.00', 1234],
    ['1e3', 1000],
    ['191226310247', 191_226_310_247],
  ])('[FRM2] of %j is %s', (text, number) => {
    expect(toWhole(text)).toBe(number)
  })
  it.each(['1.52', '3,5', '0.500', '1.234,567', '1,23,456', '', ' ', 'many', 'NaN', 'Infinity', '1 2', '--1'])(
    '[FRM2] is none in %j: a fraction is not cut off',
    (text) => {
      expect(toWhole(text)).toBeUndefined()
    },
  )
  it('[FRM2] is cut out of a number that is no text', () => {
    expect([12.7, -12.7, 5].map(toWhole)).toEqual([12, -12, 5])
    expect([NaN, Infinity, null, true, [], {}].map(toWhole)).toEqual(Array.from({ length: 6 }, () => undefined))
  })
})

describe('a number in words', () => {
  it.each([
    ['812.40', 812.4],
    ['123,4', 123.4],
    ['1,234', 1.234],
    ['1.234', 1.234],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ['1 234,50', 1234.5],
    ['1\u00a0234,50', 1234.5],
    ['1\u202f234.5', 1234.5],
    ["-1'234.5", -1234.5],
    ['1 234', 1234],
    ['1,234,567', 1_234_567],
    ['1.234.567,8', 1_234_567.8],
  ])('[FRM2] of %j is %s', (text, number) => {
    expect(toNumber(text)).toBe(number)
  })
  it.each(['1,234,50', '1.234.50', '1,234,567,8', '12,34.5', '1 23', '0,123.4', ',5,', 'one'])(
    '[FRM2] is none in %j',
    (text) => {
      expect(toNumber(text)).toBeUndefined()
    },
  )
})

it('[FRM2] [FRM5] telemetry of any country counts the same, and a count with a fraction is left out', () => {
  const telemetry = { character_name: 'A', ew: 1, ns: 2 }
  const sent = { kills: '1,234', prismatic_taper_count: '4.211', kills_per_hour: '1\u00a0234,50' }
  expect(contract.get('telemetry')!.decode({ ...telemetry, ...sent })).toMatchObject({
    ok: true,
    frame: { kills: 1234, prismatic_taper_count: 4211, kills_per_hour: 1234.5 },
    dropped: [],
  })
  expect(contract.get('telemetry')!.decode({ ...telemetry, deaths: '1.52', kills: 12.7 })).toEqual({
    ok: true,
    frame: { ...telemetry, kills: 12 },
    dropped: ['deaths'],
    unknown: [],
  })
})
