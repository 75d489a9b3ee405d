import { expect, it } from 'vitest'
import { testDatabase } from '../../shared/testing/test-database.ts'
import { shortest } from './numbers.ts'

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)
/** Reals of all sizes, decimals of few digits, and those that lie halfway between two decimals. */
function someReals(): number[] {
  const reals: number[] = [4_055_514.75, 184_332_608, 37_736_432, 2 ** 23, 2 ** 24 + 2, 1e-45, 3.4028235e38, 0.1, 87.9]
  let seed = 7
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
  for (let n = 0; n < 20_000; n++) {
    bits[0] = random() * 2 ** 32
    if (Number.isFinite(float[0])) reals.push(float[0]!)
    reals.push(Math.fround((random() - 0.5) * 10 ** (n % 9)), Math.fround(Math.round(random() * 1e7) / 10 ** (n % 7)))
  }
  return reals.filter((real) => real !== 0)
}

it('a real of a block is written by the digits that the database writes', async () => {
  await using database = await testDatabase(new Date())
  const reals = someReals()
  const { rows } = await database.pool.query<{ texts: string[] }>(
    'select array_agg(real::text) as texts from unnest($1::real[]) real',
    [reals],
  )
  const differ = reals.filter((real, n) => shortest(real) !== Number(rows[0]!.texts[n]))
  expect(differ).toEqual([])
})
