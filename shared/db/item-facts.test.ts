// What the database makes of an item, held against what our tables say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { baseFigure } from '../world/dereth/enchantments.ts'
import { allSpells, tierRank } from '../world/dereth/spells.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database?.[Symbol.asyncDispose]())
const ask = async <T>(text: string, values: unknown[] = []) =>
  (await database.pool.query<{ v: T }>(text, values)).rows.map(({ v }) => v)

describe('decoding in the database', () => {
  it('[DEC4] knows the tier of every spell that our table knows', async () => {
    const spells = [...allSpells().values()]
    const tiers = await ask<number | null>(
      'select item_tier(item_tiers(array[id])) as v from unnest($1::int[]) with ordinality s(id, n) order by n',
      [spells.map(({ id }) => id)],
    )
    const wrong = spells.filter(({ tier }, nth) => (tier === null ? null : tierRank(tier)) !== tiers[nth])
    expect(wrong.map(({ name }) => name)).toEqual([])
    expect(await ask("select item_tier(item_tiers('{6105, 2579, 99999}')) as v")).toEqual([8])
    expect(await ask("select item_tier(item_tiers('{}')) as v")).toEqual([null])
    expect(await ask("select item_tiers('{6105, 2579, 99999}') as v")).toEqual([128 + 2])
  })

  it('[DEC4] works out base armor as our table does, whatever lies upon a piece', async () => {
    const upon = [...allSpells().values()]
      .filter(({ family }) => [160, 161, 391, 269].includes(family))
      .map(({ id }) => id)
    for (const active of [[], ...upon.map((id) => [id]), [4407, 1486, 6095], [2108, 1492, 2100], upon])
      for (const own of [[], [6095, 2604], [4407]]) {
        const [answer] = await ask<number>('select item_base_armor(500, $1, $2) as v', [active, own])
        expect([active, own, answer]).toEqual([active, own, baseFigure('armorLevel', 500, active, own)])
      }
    expect(await ask("select item_base_armor(null, '{4407}', '{}') as v")).toEqual([null])
    expect(await ask("select item_base_armor(-2147483648, '{4407}', '{}') as v")).toEqual([-2147483648])
  })

  it.each([
    ['12', 12],
    ['-1', null],
    ['1e300', null],
    ['-1e300', null],
    ['2147483647', 2147483647],
    ['2147483648', null],
    ['"7"', null],
    ['null', null],
    ['7.9', 7],
    ['1e-320', 0],
    ['[]', null],
    ['true', null],
  ])('[DEC5] reads %s as a whole number, or as none', async (given, expected) => {
    expect(await ask(`select item_int('{"5": ${given}}', '5') as v`)).toEqual([expected])
  })

  it.each([
    ['1.5', 1.5],
    ['-1', null],
    ['1e300', null],
    ['1e-300', 0],
    ['-1e-300', 0],
    ['"x"', null],
  ])('[DEC5] reads %s as a fraction, or as none', async (given, expected) => {
    const [answer] = await ask<number | null>(`select item_real('{"5": ${given}}', '5') as v`)
    expect(answer == null ? null : Math.abs(answer)).toBe(expected)
  })

  it('[DEC5] reads masks without a sign, and adds ratings up within what an integer holds', async () => {
    expect(await ask(`select item_mask('{"5": -2147483648}', '5') as v`)).toEqual([2147483648])
    expect(await ask(`select item_mask('{"5": 4294967296}', '5') as v`)).toEqual([null])
    expect(await ask(`select item_total('{"370": 2147483647, "371": 5, "372": -1}', '{370,371,372}') as v`)).toEqual([
      2147483647,
    ])
    expect(await ask(`select item_total('{"1": 2}', '{370}') as v`)).toEqual([null])
  })
})
