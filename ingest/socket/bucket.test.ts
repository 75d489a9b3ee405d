import { expect, it } from 'vitest'
import { Bucket } from './bucket.ts'

it('[SOC9] counts bytes on credit: who sent more than there was waits until it is paid', () => {
  const now = performance.now()
  const bytes = new Bucket(1_000, 4_000)
  expect(bytes.spend(now, 3_000)).toBe(true)
  expect(bytes.spend(now, 3_000)).toBe(false)
  expect(bytes.waitMs(now)).toBeGreaterThan(1_900) // a debt of 2,000 bytes, 1,000 a second
  expect(bytes.waitMs(now)).toBeLessThan(2_100)
  expect(bytes.waitMs(now + 2_100)).toBe(0)
  expect(bytes.spend(now + 60_000, 4_000)).toBe(true) // never more than the burst
  expect(bytes.spend(now + 60_000, 1)).toBe(false)
})
