import { describe, expect, it, vi } from 'vitest'
import type { People, PeopleChange } from './people.ts'
import type { Viewer } from './viewer.ts'
import { remembering } from './remembered.ts'

const viewer = { kind: 'token', id: '7', name: 'script' } as Viewer

/** People who know one token for as long as it is not revoked, and count how often they are asked. */
async function counted() {
  let asked = 0
  let isRevoked = false
  let isAway = false
  let tell: (event: PeopleChange) => void = () => undefined
  const people = await remembering({
    viewerOfToken(secret: string) {
      asked++
      if (isAway) return Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))
      return Promise.resolve(secret === 'right' && !isRevoked ? viewer : null)
    },
    onChange: (listener: (event: PeopleChange) => void) => {
      tell = listener
      return Promise.resolve(() => undefined)
    },
  } as unknown as People)
  return {
    people,
    asked: () => asked,
    away: () => void (isAway = true),
    revoke: () => {
      isRevoked = true
      tell({ tokens: ['7'] })
    },
  }
}

describe('a token that is shown again and again', () => {
  it('is asked for once', async () => {
    const { people, asked } = await counted()
    for (let n = 0; n < 5; n++) expect(await people.viewerOfToken('right')).toBe(viewer)
    expect(asked()).toBe(1)
  })
  it('is invalid as soon as its revocation is published, even during a lookup', async () => {
    const { people, revoke } = await counted()
    const before = people.viewerOfToken('right')
    revoke()
    await before
    expect(await people.viewerOfToken('right')).toBeNull()
  })
  it('is looked up each time while it is invalid', async () => {
    const { people, asked } = await counted()
    for (let n = 0; n < 3; n++) expect(await people.viewerOfToken('wrong')).toBeNull()
    expect(asked()).toBe(3)
  })
})

describe('while the database is away', () => {
  it('a token keeps its last viewer, and an unknown one is refused', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    const { people, away } = await counted()
    await people.viewerOfToken('right')
    away()
    vi.advanceTimersByTime(60_000)
    expect(await people.viewerOfToken('right')).toBe(viewer)
    await expect(people.viewerOfToken('wrong')).rejects.toThrow('ECONNREFUSED')
    vi.advanceTimersByTime(16 * 60_000)
    await expect(people.viewerOfToken('right')).rejects.toThrow('ECONNREFUSED')
    vi.useRealTimers()
  })
  it('a token is invalid once its revocation is published', async () => {
    const { people, away, revoke } = await counted()
    await people.viewerOfToken('right')
    away()
    revoke()
    await expect(people.viewerOfToken('right')).rejects.toThrow('ECONNREFUSED')
  })
})
