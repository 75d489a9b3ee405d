import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Role, Viewer } from '../../shared/auth/viewer.ts'
import { Documents, type FreeFor } from './documents.ts'

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')
const ours = 'query Ours { me { name } }'
const free = '{ me { role } }'
const as = (role: Role) => ({ role }) as Viewer
const documents = (freeFor: FreeFor) => new Documents({ [hashOf(ours)]: ours }, freeFor)
const byHash = (sha256Hash: unknown, version: unknown = 1) => ({ persistedQuery: { version, sha256Hash } })
const codeOf = (ask: () => unknown) => {
  try {
    ask()
    return null
  } catch (error) {
    return (error as { extensions?: { code?: string } }).extensions?.code
  }
}

describe('[DOC1] a document', () => {
  it('of ours is known by its hash, and parsed once', () => {
    const known = documents('nobody')
    for (const query of [undefined, null, '', ours])
      expect(known.textOf({ query, extensions: byHash(hashOf(ours)) }, as('viewer'))).toBe(ours)
    expect(known.parsed(ours)).toBe(known.parsed(ours))
    expect(known.parsed(free)).toBe(null)
  })

  it.each([
    [{ extensions: byHash(hashOf(free)) }, 'PERSISTED_QUERY_NOT_FOUND'],
    [{ query: free, extensions: byHash(hashOf(ours)) }, 'BAD_USER_INPUT'],
    [{ extensions: byHash('__proto__') }, 'BAD_USER_INPUT'],
    [{ extensions: byHash(hashOf(ours), 2) }, 'BAD_USER_INPUT'],
    [{ extensions: { persistedQuery: 'x' } }, 'BAD_USER_INPUT'],
  ])('%j is refused as %s', (asked, code) =>
    expect(codeOf(() => documents('viewer').textOf(asked, as('admin')))).toBe(code),
  )
})

describe('[DOC2] a free document', () => {
  it.each([
    ['viewer', ['viewer', 'operator', 'admin']],
    ['operator', ['operator', 'admin']],
    ['admin', ['admin']],
    ['nobody', []],
  ] as const)('is taken from %s up', (freeFor, roles) => {
    const served = (['viewer', 'operator', 'admin'] as const).filter(
      (role) => codeOf(() => documents(freeFor).textOf({ query: free }, as(role))) === null,
    )
    expect(served).toEqual(roles)
    expect(documents(freeFor).textOf({ query: ours }, as('viewer'))).toBe(ours)
  })
})
