import { describe, expect, it } from 'vitest'
import { OperationIds } from './operation-ids.ts'

describe('the id of a stream', () => {
  it('[SUB7] is the same in every browser for the same document and variables, in whatever order they stand', () => {
    const id = new OperationIds().take('document', { a: 1, b: { c: [1, 2], d: null } })
    expect(new OperationIds().take('document', { b: { d: null, c: [1, 2] }, a: 1 })).toBe(id)
    for (const other of [{ a: 2 }, { a: 1, b: { c: [2, 1], d: null } }])
      expect(new OperationIds().take('document', other)).not.toBe(id)
    expect(new OperationIds().take('another', { a: 1, b: { c: [1, 2], d: null } })).not.toBe(id)
  })

  it('[SUB7] is unique on the socket, and free again once its stream has begun and ended', () => {
    const ids = new OperationIds()
    const [first, second] = [ids.take('document', {}), ids.take('document', {})]
    expect(second).not.toBe(first)
    ids.giveBack(first, { isKnown: true })
    expect(ids.take('document', {})).toBe(first)
    ids.giveBack(second, { isKnown: false })
    expect([first, second]).not.toContain(ids.take('document', {}))
  })
})
