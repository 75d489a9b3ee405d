import { describe, expect, it } from 'vitest'
import type { InventoryEvent } from '../../shared/contract/topics.ts'
import { ChangeGatherer, joined } from './gather-changes.ts'

const change = (id: string, added: string[], updated: string[] = [], removed: string[] = []): InventoryEvent => ({
  id,
  character: 'Larsson',
  at: '2026-06-20T18:00:00.000Z',
  added,
  updated,
  removed,
  addedCount: added.length,
  updatedCount: updated.length,
  removedCount: removed.length,
})

describe('changes of a burst', () => {
  it('[INV10] come to what they come to together', () => {
    expect(joined(change('1', ['a', 'b'], ['c'], ['d', 'e']), change('2', ['d'], ['a', 'c', 'f'], ['b', 'c']))).toEqual(
      change('2', ['a'], ['d', 'f'], ['e', 'c']),
    )
    expect(joined(change('1', ['a']), change('2', [], [], ['a']))).toEqual(change('2', []))
  })

  it('[INV10] are counted where they are too many to be listed', () => {
    const many = Array.from({ length: 700 }, (_, nth) => `${nth}`)
    const both = joined(
      change('1', many),
      change(
        '2',
        many.map((id) => `x${id}`),
      ),
    )
    expect([both.added.length, both.addedCount]).toEqual([1_000, 1_400])
    const more = joined(both, change('3', ['y']))
    expect([more.added.length, more.addedCount]).toEqual([1_000, 1_401])
  })

  it('[INV10] are published when it is quiet, at most 1 s after the first, and not if they cancel out', () => {
    let now = 0
    const published: string[] = []
    using gatherer = new ChangeGatherer(
      (topic, { id }) => published.push(`${topic} ${id}`),
      () => now,
    )
    gatherer.take('a', change('1', ['x']))
    gatherer.take('b', change('2', ['y']))
    now = 100
    gatherer.take('a', change('3', ['z']))
    now = 160
    gatherer.publishDue()
    expect(published).toEqual(['b 2'])
    for (let id = 4; now < 1_000; id++) {
      now += 100
      gatherer.take('a', change(String(id), [`n${id}`]))
      gatherer.publishDue()
    }
    expect(published).toEqual(['b 2', 'a 12'])
    gatherer.take('c', change('20', ['q']))
    gatherer.take('c', change('21', [], [], ['q']))
    now += 500
    gatherer.publishDue()
    expect(published).toHaveLength(2)
    gatherer.take('d', change('30', ['r']))
    gatherer[Symbol.dispose]()
    expect(published.at(-1)).toBe('d 30')
  })
})
