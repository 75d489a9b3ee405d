import { describe, expect, it } from 'vitest'
import { countdownText, questCells, type Matrix, type QuestFilter } from './quests.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const matrix: Matrix = {
  characters: [{ name: 'Erynn' }, { name: 'Talin' }],
  quests: [
    { name: 'Stipend', states: ['ON_COOLDOWN', 'READY'], readyAt: ['2026-03-01T12:10:00Z', null] },
    { name: 'Augmentation Gem', states: ['NEVER_REPORTED', 'UNKNOWN'], readyAt: [null, null] },
    {
      name: 'Colosseum',
      states: ['ON_COOLDOWN', 'ON_COOLDOWN'],
      readyAt: ['2026-03-01T11:59:59Z', '2026-03-01T12:01:00Z'],
    },
  ],
}
const all: QuestFilter = { text: '', character: '', readyOnly: false }
const rows = (filter: Partial<QuestFilter> = {}, now = noon) =>
  questCells(matrix, { ...all, ...filter }, now).map((cell) => `${cell.quest} ${cell.character} ${countdownText(cell)}`)

describe('quests', () => {
  it('come ready ones first, then the soonest, then the unknown; without those never reported', () =>
    expect(rows()).toEqual([
      'Colosseum Erynn ready',
      'Stipend Talin ready',
      'Colosseum Talin 1:00',
      'Stipend Erynn 10:00',
      'Augmentation Gem Talin unknown',
    ]))
  it('become ready by the clock alone', () =>
    expect(rows({ readyOnly: true }, noon + 60_000)).toEqual([
      'Colosseum Erynn ready',
      'Colosseum Talin ready',
      'Stipend Talin ready',
    ]))
  it('are filtered by quest and by character', () => {
    expect(rows({ text: ' colo' })).toHaveLength(2)
    expect(rows({ character: 'Erynn' })).toEqual(['Colosseum Erynn ready', 'Stipend Erynn 10:00'])
  })
  it.each([
    [1, '0:01'],
    [59_001, '1:00'],
    [3_599_000, '59:59'],
    [3_600_000, '1 h 0 min'],
    [11_460_000, '3 h 11 min'],
    [86_400_000, '1 d 0 h'],
    [529_860_000, '6 d 3 h'],
  ])('%i ms are %s', (leftMs, text) => expect(countdownText({ state: 'waiting', leftMs })).toBe(text))
})
