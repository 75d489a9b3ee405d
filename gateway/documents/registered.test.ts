import { describe, expect, it } from 'vitest'
import { RegisteredDocuments } from './registered.ts'

const one = { kind: 'user', id: '1' } as const
const two = { kind: 'user', id: '2' } as const
const limits = {
  perViewer: { documents: 3, characters: 30 },
  overall: { documents: 5, characters: 50 },
}
const known = (documents: RegisteredDocuments, hashes: string) =>
  [...hashes].filter((hash) => documents.get(hash) !== undefined).join('')

describe('[DOC3] documents that clients register', () => {
  it('are known from then on, to everybody', () => {
    const documents = new RegisteredDocuments(limits)
    documents.add('a', 'text', one)
    documents.add('a', 'text', two)
    expect([documents.get('a'), documents.get('b'), documents.size]).toEqual(['text', undefined, 1])
  })

  it('make room for newer ones of the same viewer, the one used longest ago first', () => {
    const documents = new RegisteredDocuments(limits)
    documents.add('x', 'text', two)
    for (const hash of 'abc') documents.add(hash, 'text', one)
    documents.get('a')
    documents.add('d', 'text', one)
    expect(known(documents, 'abcdx')).toBe('acdx')
    documents.add('e', 'e'.repeat(29), one)
    expect(known(documents, 'abcdex')).toBe('ex')
  })

  it('make room for those of others once there are too many in all', () => {
    const documents = new RegisteredDocuments(limits)
    for (const hash of 'abc') documents.add(hash, 'text', one)
    for (const hash of 'xyz') documents.add(hash, 'text', two)
    expect(known(documents, 'abcxyz')).toBe('bcxyz')
    documents.add('v', 'v'.repeat(28), { kind: 'token', id: '1' })
    documents.add('w', 'w'.repeat(20), { kind: 'token', id: '2' })
    expect(known(documents, 'abcxyzvw')).toBe('vw')
  })

  it('that are long are not kept', () => {
    const documents = new RegisteredDocuments()
    documents.add('a', 'a'.repeat(32 * 1024 + 1), one)
    documents.add('b', 'b'.repeat(32 * 1024), one)
    expect(known(documents, 'ab')).toBe('b')
  })
})
