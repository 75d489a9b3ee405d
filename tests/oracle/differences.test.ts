import { describe, expect, it } from 'vitest'
import { differences } from './differences.ts'

const table = (...entries: [string, unknown][]) => new Map(entries)

describe('differences', () => {
  it('finds nothing where both hold the same, whatever the order of keys', () => {
    expect(differences(table(['a', { x: 1, y: [2, 3] }]), table(['a', { y: [2, 3], x: 1 }]))).toEqual([])
  })

  it('names what is lost, what is made up and what is changed', () => {
    const found = differences(
      table(['lost', 1], ['changed', { spells: [1, 2] }]),
      table(['changed', { spells: [2, 1] }], ['made up', 1]),
    )
    expect(found.map((line) => line.split(' ', 2).join(' '))).toEqual(['lost was', 'changed differs:', 'made up'])
  })
})
