import { describe, expect, it } from 'vitest'
import { hasNats } from '../../../shared/testing/start-apart.ts'
import { torture } from '../../torture/torture.ts'

describe.skipIf(!hasNats)('under kills, stops and want of room', () => {
  it(
    '[DUR1] [DUR2] [DUR3] what was acknowledged is stored, once, in the order it was sent',
    { timeout: 240_000 },
    async () => {
      const report = await torture({ seconds: 30, seed: Number(process.env['TORTURE_SEED'] ?? 3) })
      expect(report.examples).toEqual([])
      expect(report).toMatchObject({ lost: 0, doubled: 0, disordered: 0, setAside: 0 })
      expect(Object.entries(report.blows).filter(([, times]) => times === 0)).toEqual([])
      expect(report.acknowledged).toBeGreaterThan(1_000)
      expect(report.reconnects).toBeGreaterThan(0)
    },
  )
})
