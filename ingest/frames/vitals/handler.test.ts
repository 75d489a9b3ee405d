import { describe, expect, it } from 'vitest'
import { topic } from '../../../shared/contract/topics.ts'
import type { HandlerContext } from '../outcome.ts'
import { onVitals } from './handler.ts'

const receivedAt = '2026-06-20T12:00:00.000Z'
const context = { now: new Date(receivedAt), receivedAt, server: 'Coldeve' } as HandlerContext
const eventOf = (fields: object) => {
  const outcome = onVitals({ character_name: 'Larsson', ...fields }, context)
  expect(outcome).toMatchObject({ kept: true, rows: [{ table: 'vitals' }] })
  const { rows, publish } = outcome as unknown as {
    rows: { row: object }[]
    publish: { topic: string; event: object }[]
  }
  expect(publish).toEqual([{ topic: topic('vitals', 'Larsson'), event: rows[0]!.row }])
  return rows[0]!.row
}

describe('[VIT1] vitals', () => {
  it('are published and stored as they were sent', () => {
    const sent = {
      timestamp: '2026-06-20T11:59:58Z',
      health_current: 1,
      health_max: 2,
      health_percentage: 3,
      stamina_current: 4,
      stamina_max: 5,
      stamina_percentage: 6,
      mana_current: 7,
      mana_max: 8,
      mana_percentage: 9,
      vitae: 10,
    }
    expect(eventOf(sent)).toEqual({
      character: 'Larsson',
      clientAt: '2026-06-20T11:59:58.000Z',
      receivedAt,
      health: 1,
      maxHealth: 2,
      healthPercent: 3,
      stamina: 4,
      maxStamina: 5,
      staminaPercent: 6,
      mana: 7,
      maxMana: 8,
      manaPercent: 9,
      vitae: 10,
    })
  })

  it('that were not sent are null, and none is zero', () => {
    expect(eventOf({})).toEqual({
      character: 'Larsson',
      clientAt: receivedAt,
      receivedAt,
      ...Object.fromEntries(
        ['health', 'stamina', 'mana'].flatMap((name) => [
          [name, null],
          [`max${name[0]!.toUpperCase()}${name.slice(1)}`, null],
          [`${name}Percent`, null],
        ]),
      ),
      vitae: null,
    })
    expect(eventOf({ health_current: 0, health_max: 0, vitae: 0 })).toMatchObject({ health: 0, maxHealth: 0, vitae: 0 })
  })

  it.each([
    ['of 341 of 1,023', 341, 1_023, 33.3],
    ['of 0 of 100', 0, 100, 0],
    ['above its greatest value', 150, 100, 150],
    ['of a greatest value of nothing', 5, 0, null],
    ['of a greatest value below nothing', 5, -1, null],
    ['without a greatest value', 5, undefined, null],
    ['without a value', undefined, 5, null],
  ])('have a share %s, to a tenth', (_, now, max, share) => {
    for (const name of ['health', 'stamina', 'mana'])
      expect(eventOf({ [`${name}_current`]: now, [`${name}_max`]: max })).toMatchObject({ [`${name}Percent`]: share })
  })
})
