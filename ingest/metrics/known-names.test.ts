import { expect, it } from 'vitest'
import { KnownNames } from './known-names.ts'

it('[ING3] keeps two hundred names, and replaces one that was not used for an hour by a new one', () => {
  const forgotten: string[] = []
  const names = new KnownNames((name) => forgotten.push(name))
  for (let n = 0; n < 200; n++) expect(names.admits(`junk ${n}`, 0)).toBe(true)
  expect(names.admits('real', 1_000)).toBe(false)
  expect(names.admits('junk 0', 3_000_000)).toBe(true)
  expect(names.admits('real', 3_600_000)).toBe(true)
  expect(names.admits('real', 3_600_001)).toBe(true)
  expect(forgotten).toEqual(['junk 1'])
  expect(names.admits('x'.repeat(161), 0)).toBe(false)
})
