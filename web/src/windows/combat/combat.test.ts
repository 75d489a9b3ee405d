import { describe, expect, it } from 'vitest'
import {
  type Element,
  type Monster,
  type Side,
  elementFigures,
  elementRows,
  fieldMoment,
  monsterRows,
  readMoments,
} from './combat.ts'

const fire: Element = {
  element: 'FIRE',
  elementName: 'Fire',
  attackType: 'MELEE_MISSILE',
  totalAttacks: 100,
  failedAttacks: 20,
  crits: 8,
  totalNormalDamage: 7200,
  totalCritDamage: 1600,
  maxNormalDamage: 150,
  maxCritDamage: 300,
}
const frost: Element = { ...fire, element: 'COLD', elementName: 'Cold', attackType: 'MAGIC', totalNormalDamage: 90_000 }
const monster = (name: string, kills: number, damageGiven: number, offense: Element[] = []): Monster => ({
  name,
  kills,
  damageGiven,
  damageReceived: 0,
  offense,
  defense: [],
})
const side = (name: string, monsters: Monster[], offense: Element[] = []): Side => ({
  name,
  totals: {
    kills: 0,
    damageGiven: 0,
    damageReceived: 0,
    aetheriaSurges: 0,
    cloakSurges: 0,
    offense,
    defense: [],
    monsters,
  },
})

describe('figures of an element', () => {
  it('count hits without evaded attacks, and criticals among the hits', () =>
    expect(elementFigures(fire)).toEqual({
      attacks: 100,
      hitShare: 0.8,
      critShare: 0.1,
      averageHit: 110,
      hardestHit: 300,
      damage: 8800,
    }))
  it('are unknown where nothing hit', () => {
    const none = { ...fire, totalAttacks: 0, failedAttacks: 0 }
    expect(elementFigures(none)).toMatchObject({ hitShare: null, critShare: null, averageHit: null })
    expect(elementFigures({ ...fire, failedAttacks: 100 })).toMatchObject({ hitShare: 0, averageHit: null })
  })
})

describe('rows of two characters side by side', () => {
  const sides = [
    side('Talin', [monster('Drudge', 5, 10, [fire]), monster('Tusker', 1, 900)], [fire]),
    side('Erynn', [monster('Drudge', 9, 20), monster('Banderling', 1, 1)], [frost]),
    { name: 'Mule', totals: null },
  ]
  it('have every monster of any side, by the figure of all sides together', () => {
    const rows = (by: 'kills' | 'damageGiven') =>
      monsterRows(sides, by).map((row) => [row.name, ...row.sides.map((one) => one?.[by] ?? null)])
    expect(rows('kills')).toEqual([
      ['Drudge', 5, 9, null],
      ['Banderling', null, 1, null],
      ['Tusker', 1, null, null],
    ])
    expect(rows('damageGiven')[0]).toEqual(['Tusker', 900, null, null])
  })
  it('have every element of any side, most damage first, of all monsters or of one', () => {
    const rows = (name: string | null) =>
      elementRows(sides, 'offense', name).map((row) => [
        row.element,
        row.attack,
        ...row.sides.map((one) => one !== null),
      ])
    expect(rows(null)).toEqual([
      ['Cold', 'magic', false, true, false],
      ['Fire', 'melee or missile', true, false, false],
    ])
    expect(rows('Drudge')).toEqual([['Fire', 'melee or missile', true, false, false]])
    expect(elementRows(sides, 'defense', null)).toEqual([])
  })
})

describe('two moments', () => {
  const now = Date.parse('2026-03-01T12:00:00Z')
  it('are read as local time; without a second one, until now', () =>
    expect(readMoments(fieldMoment(now - 3_600_000), '', now)).toEqual({
      since: '2026-03-01T11:00:00.000Z',
      until: null,
    }))
  it.each([
    ['', '', 'Choose the first moment.'],
    ['2026-03-05T12:00', '', 'The first moment has not come yet.'],
    ['2026-02-05T12:00', '2026-02-05T12:00', 'The second moment must be after the first.'],
  ])('%s to %s: %s', (since, until, text) => expect(readMoments(since, until, now)).toBe(text))
})
