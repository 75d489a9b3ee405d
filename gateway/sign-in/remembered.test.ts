import { describe, expect, it } from 'vitest'
import type { People, PeopleChange } from '../../shared/auth/people.ts'
import type { Viewer } from '../../shared/auth/viewer.ts'
import { remembering } from './remembered.ts'

const viewer = { kind: 'token', id: '7', name: 'script' } as Viewer

/** People who know one token for as long as it is not revoked, and count how often they are asked. */
async function counted() {
  let asked = 0
  let isRevoked = false
  let tell: (event: PeopleChange) => void = () => undefined
  const people = await remembering({
    viewerOfToken(secret: string) {
      asked++
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
  it('is nobody’s as soon as it is told that it was revoked, even while it was being asked for', async () => {
    const { people, revoke } = await counted()
    const before = people.viewerOfToken('right')
    revoke()
    await before
    expect(await people.viewerOfToken('right')).toBeNull()
  })
  it('is asked for each time while it is nobody’s', async () => {
    const { people, asked } = await counted()
    for (let n = 0; n < 3; n++) expect(await people.viewerOfToken('wrong')).toBeNull()
    expect(asked()).toBe(3)
  })
})
