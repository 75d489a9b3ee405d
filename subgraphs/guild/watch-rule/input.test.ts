import { describe, expect, it } from 'vitest'
import type { WatchRuleInput } from '../generated/resolvers.ts'
import { columnsOf } from './input.ts'

const rule = (part: Partial<WatchRuleInput> = {}): WatchRuleInput => ({
  name: 'Low',
  characters: null,
  tag: null,
  field: 'TAPERS',
  comparison: 'LT',
  number: 10,
  text: null,
  forSeconds: 0,
  quietSeconds: 0,
  severity: 'WARNING',
  enabled: true,
  ...part,
})
const state = { field: 'STATE', comparison: 'EQ', number: null, text: 'stuck' } as const
const area = { field: 'AREA', comparison: 'ENTERS', number: null, areaId: 'x' } as const

/** What is said of a rule; null where it is taken. */
function refusal(part: Partial<WatchRuleInput>): string | null {
  try {
    columnsOf(rule(part))
    return null
  } catch (error) {
    const { message, extensions } = error as { message: string; extensions: { code: string } }
    expect(extensions.code).toBe('BAD_USER_INPUT')
    return message
  }
}

const NAME = 'A rule’s name has 1 to 80 characters.'
const CHARACTERS = 'Name 1 to 200 characters, or leave `characters` out for all.'
const TAG = 'A tag has 1 to 64 characters.'
const BOTH = 'Name characters or a tag, not both.'
const NUMBER = 'TAPERS is compared with `number`.'
const STATE_TEXT = 'STATE is compared with `text`.'
const LONG_STATE = 'A state has at most 100 characters.'
const COMPARISON = 'STATE is compared by EQ or NEQ.'
const AREA = 'AREA is compared with `areaId`.'
const SIDES = 'AREA is compared by ENTERS or LEAVES.'
const NO_AREA = '`areaId` is for AREA.'
const NO_SIDES = 'ENTERS and LEAVES are for AREA.'
const FOR = '`forSeconds` is 0 to a day.'
const QUIET = '`quietSeconds` is 0 to a week.'

describe('a watch rule', () => {
  it.each<[Partial<WatchRuleInput>, string | null]>([
    [{ name: '' }, NAME],
    [{ name: '  ' }, NAME],
    [{ name: 'x'.repeat(80) }, null],
    [{ name: 'x'.repeat(81) }, NAME],
    [{ name: 'a\0b' }, NAME],
    [{ characters: ['Larsson'] }, null],
    [{ characters: [] }, CHARACTERS],
    [{ characters: Array(200).fill('A') as string[] }, null],
    [{ characters: Array(201).fill('A') as string[] }, CHARACTERS],
    [{ characters: ['A', ' '] }, CHARACTERS],
    [{ characters: ['x'.repeat(64), 'A'] }, null],
    [{ characters: ['x'.repeat(65), 'A'] }, CHARACTERS],
    [{ characters: ['A'], tag: 'B' }, BOTH],
    [{ characters: ['A'], tag: '' }, BOTH],
    [{ tag: 'main' }, null],
    [{ tag: '' }, TAG],
    [{ tag: 'x'.repeat(64) }, null],
    [{ tag: 'x'.repeat(65) }, TAG],
    [{ number: null }, NUMBER],
    [{ number: 0 }, null],
    [{ number: Number.NaN }, NUMBER],
    [{ number: Infinity }, NUMBER],
    [{ text: 'x' }, NUMBER],
    [state, null],
    [{ ...state, text: '' }, null],
    [{ ...state, text: null }, STATE_TEXT],
    [{ ...state, number: 1 }, STATE_TEXT],
    [{ ...state, text: 'x'.repeat(100) }, null],
    [{ ...state, text: 'x'.repeat(101) }, LONG_STATE],
    [{ ...state, text: 'a\0' }, LONG_STATE],
    [{ ...state, comparison: 'NEQ' }, null],
    [{ ...state, comparison: 'LT' }, COMPARISON],
    [{ ...state, comparison: 'GTE' }, COMPARISON],
    [area, null],
    [{ ...area, areaId: null }, AREA],
    [{ ...area, number: 1 }, AREA],
    [{ ...area, text: 'x' }, AREA],
    [{ ...area, comparison: 'LT' }, SIDES],
    [{ areaId: 'x' }, NO_AREA],
    [{ comparison: 'ENTERS' }, NO_SIDES],
    [{ comparison: 'LEAVES' }, NO_SIDES],
    [{ forSeconds: -1 }, FOR],
    [{ forSeconds: 86_400 }, null],
    [{ forSeconds: 86_401 }, FOR],
    [{ forSeconds: Number.NaN }, FOR],
    [{ quietSeconds: -1 }, QUIET],
    [{ quietSeconds: 604_800 }, null],
    [{ quietSeconds: 604_801 }, QUIET],
  ])('%j: %s', (part, said) => expect(refusal(part)).toBe(said))

  it('is kept in the order of its columns', () => {
    expect(columnsOf(rule({ name: ' Low ', tag: 'main', forSeconds: 5, quietSeconds: 6, enabled: false }))).toEqual([
      'Low',
      null,
      'main',
      'TAPERS',
      'LT',
      10,
      null,
      5,
      6,
      'WARNING',
      false,
      null,
    ])
    expect(columnsOf(rule({ ...state, characters: ['A', 'B'] })).slice(1, 7)).toEqual([
      ['A', 'B'],
      null,
      'STATE',
      'EQ',
      null,
      'stuck',
    ])
  })

  it('is kept with whole characters alone', () => {
    const half = '\ud800'
    const [name, characters] = columnsOf(rule({ name: `a${half}`, characters: [`b${half}`] }))
    expect([name, characters]).toEqual(['a\ufffd', ['b\ufffd']])
    const columns = columnsOf(rule({ ...state, tag: `t${half}`, text: `s${half}` }))
    expect([columns[2], columns[6]]).toEqual(['t\ufffd', 's\ufffd'])
  })
})
