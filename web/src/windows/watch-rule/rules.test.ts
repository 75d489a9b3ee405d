import { describe, expect, it } from 'vitest'
import type { WatchRuleInput } from '../../generated/types.ts'
import { type Draft, comparisonsOf, readDraft, ruleText } from './rules.ts'

const draft: Draft = {
  name: ' Weak ',
  field: 'HEALTH_PERCENT',
  comparison: 'LT',
  value: '30',
  areaId: '',
  forSeconds: 60,
  quietSeconds: 600,
  character: '',
}
const rule = {
  field: 'HEALTH_PERCENT',
  comparison: 'LT',
  number: 30,
  text: null,
  area: null,
  forSeconds: 60,
  quietSeconds: 0,
  severity: 'WARNING',
  tag: null,
  characters: null,
} as const

describe('watch rules', () => {
  it('are written as a sentence', () => {
    expect(ruleText(rule)).toBe('Health is below 30 % for 1 min')
    expect(ruleText({ ...rule, forSeconds: 0, tag: 'hunters' })).toBe('Health is below 30 %, of tag hunters')
    expect(ruleText({ ...rule, field: 'STATE', comparison: 'EQ', text: 'idle', characters: ['Talin'] })).toBe(
      'Macro state is “idle” for 1 min, of Talin',
    )
  })
  it('are read from a form', () => {
    expect(readDraft(draft)).toEqual({
      name: 'Weak',
      field: 'HEALTH_PERCENT',
      comparison: 'LT',
      number: 30,
      forSeconds: 60,
      quietSeconds: 600,
    })
    expect(readDraft({ ...draft, field: 'STATE', value: 'idle', character: 'Talin' })).toMatchObject({
      comparison: 'EQ',
      text: 'idle',
      characters: ['Talin'],
    })
  })
  it.each([
    [{ name: ' ' }, 'A name has 1 to 80 characters.'],
    [{ value: '' }, 'Enter what it is compared with.'],
    [{ value: 'few' }, '“few” is not a number.'],
  ])('are refused with %j: %s', (changed, text) => expect(readDraft({ ...draft, ...changed })).toBe(text))
  it('[MRK5] are about areas that are entered or left', () => {
    const visits = { ...rule, field: 'AREA', comparison: 'ENTERS', number: null, forSeconds: 0 } as const
    expect(ruleText({ ...visits, area: { id: 'a', note: 'The camp\nmore' } })).toBe('“The camp” is entered')
    expect(ruleText({ ...visits, comparison: 'LEAVES' })).toBe('An area that is gone is left')
    expect(comparisonsOf('AREA')).toEqual(['ENTERS', 'LEAVES'])
    const { number: _, ...read } = readDraft({ ...draft, field: 'AREA', areaId: 'a', value: '' }) as WatchRuleInput
    expect(read).toMatchObject({ field: 'AREA', comparison: 'ENTERS', areaId: 'a' })
    expect(readDraft({ ...draft, field: 'AREA' })).toMatch(/^Choose an area/)
  })
  it('compare a state only for being equal', () => expect(comparisonsOf('STATE')).toEqual(['EQ', 'NEQ']))
})
