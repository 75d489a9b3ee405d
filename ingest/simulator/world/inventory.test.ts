import { describe, expect, it } from 'vitest'
import { itemRecord } from '../plugin/item-record.ts'
import { seeded } from './chance.ts'
import { outfit } from './inventory.ts'

const someone = (index: number, level = 275) => {
  const id = 0x50000100 + index
  return { id, items: [...outfit(seeded(index + 1), id, index, level, Date.UTC(2026, 5, 20)).items.values()] }
}
const crowd = Array.from({ length: 40 }, (_, index) => someone(index))
const all = crowd.flatMap(({ items }) => items.map(itemRecord))
const wearable = all.filter((record) => (record.IntValues['218103822'] ?? 0) > 0)

describe('an inventory', () => {
  it('holds sixty to two hundred and fifty items', () => {
    for (const { items } of crowd) expect(items.length).toBeGreaterThanOrEqual(60)
    for (const { items } of crowd) expect(items.length).toBeLessThanOrEqual(250)
  })

  it('names every item by a negative number that no other item of the shard has', () => {
    expect(all.every((record) => Number.isInteger(record.Id) && record.Id < 0)).toBe(true)
    expect(new Set(all.map((record) => record.Id)).size).toBe(all.length)
  })

  it('puts everything on the body or into a pack of the same character', () => {
    for (const { id, items } of crowd) {
      const containers = new Set([id, ...items.filter((item) => item.objectClass === 10).map((item) => item.id)])
      expect(items.filter((item) => !containers.has(item.container))).toEqual([])
    }
  })

  it('wears no two things on one place of the body', () => {
    for (const { items } of crowd) {
      let covered = 0
      for (const item of items) {
        const worn = item.plain.ints[10] ?? 0
        expect(covered & worn, item.name).toBe(0)
        covered |= worn
      }
    }
  })

  it('leaves about a fifth of wearables unappraised, and sends neither armor nor spells of those', () => {
    const unknown = wearable.filter((record) => !record.HasIdData)
    expect(unknown.length / wearable.length).toBeGreaterThan(0.16)
    expect(unknown.length / wearable.length).toBeLessThan(0.28)
    expect(unknown.every((record) => record.Spells.length === 0 && record.IntValues['28'] === undefined)).toBe(true)
  })

  it('resembles real ones: legendary cantrips are usual, workmanship peaks at 6 to 8, sets belong to armor', () => {
    const known = wearable.filter((record) => record.HasIdData)
    expect(known.filter((record) => record.Spells.length > 0).length / known.length).toBeGreaterThan(0.5)
    const workmanship = known.map((record) => record.IntValues['105'] ?? 0).filter((value) => value > 0)
    const middle = workmanship.filter((value) => value >= 6 && value <= 8).length
    expect(middle / workmanship.length).toBeGreaterThan(0.6)
    expect(known.filter((record) => record.ObjectClass === 4 && record.IntValues['265'] !== undefined)).toEqual([])
    const tinkered = known.filter((record) => record.IntValues['171'] !== undefined)
    expect(tinkered.every((record) => record.IntValues['171']! <= 10)).toBe(true)
  })

  it('says where each thing lies twice, the same: in the record and among its properties', () => {
    expect(all.filter((record) => record.ContainerId !== record.IntValues['218103810'])).toEqual([])
  })
})
