import type { GraphQLError } from 'graphql'
import { describe, expect, it } from 'vitest'
import type { Role } from '../auth/viewer.ts'
import { requirePerson, requireRole, requireSomebodyElse, requireWriting } from './roles.ts'
import { aViewer } from './testing/viewers.ts'

/** The error of a refused viewer: code and text; null if there is none. */
function refusal(act: () => void): string[] | null {
  try {
    act()
    return null
  } catch (error) {
    const { message, extensions } = error as GraphQLError
    return [String(extensions['code']), message]
  }
}
const aToken = (role: Role) => aViewer(role, { kind: 'token', owner: false })

describe('roles', () => {
  it.each<[Role, Role, string[] | null]>([
    ['viewer', 'viewer', null],
    ['viewer', 'operator', ['FORBIDDEN', 'Only operators and admins may do this.']],
    ['viewer', 'admin', ['FORBIDDEN', 'Only admins may do this.']],
    ['operator', 'viewer', null],
    ['operator', 'operator', null],
    ['operator', 'admin', ['FORBIDDEN', 'Only admins may do this.']],
    ['admin', 'viewer', null],
    ['admin', 'operator', null],
    ['admin', 'admin', null],
  ])('a %s may do what is for a %s, or hears why not', (role, needed, refused) => {
    expect(refusal(() => requireRole(aViewer(role), needed, null))).toEqual(refused)
    const own = refused && ['FORBIDDEN', 'Not you.']
    expect(refusal(() => requireRole(aToken(role), needed, 'Not you.'))).toEqual(own)
  })

  it('a missing viewer is refused as not signed in', () => {
    const unknown = ['UNAUTHENTICATED', 'You are not signed in.']
    expect(refusal(() => requireRole(undefined, 'viewer', null))).toEqual(unknown)
    expect(refusal(() => requirePerson(undefined, 'Not you.'))).toEqual(unknown)
  })

  it('what is for people is refused to tokens of every scope', () => {
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      expect(refusal(() => requirePerson(aViewer(role), 'A token has none.'))).toBeNull()
      expect(refusal(() => requirePerson(aToken(role), 'A token has none.'))).toEqual([
        'FORBIDDEN',
        'A token has none.',
      ])
    }
  })

  it('a token that only reads never writes; people of the same role do', () => {
    expect(refusal(() => requireWriting(aToken('viewer')))).toEqual([
      'FORBIDDEN',
      'A token writes only with the scope `command` or `admin`.',
    ])
    for (const viewer of [aToken('operator'), aToken('admin'), aViewer('viewer'), aViewer('operator')])
      expect(refusal(() => requireWriting(viewer))).toBeNull()
  })

  it('what is not for the own account is refused for it, and for no other', () => {
    expect(refusal(() => requireSomebodyElse(aViewer('admin'), 'me'))).toEqual([
      'FORBIDDEN',
      'You may not do this to your own account: ask another admin.',
    ])
    expect(refusal(() => requireSomebodyElse(aViewer('admin'), 'you'))).toBeNull()
    expect(refusal(() => requireSomebodyElse(aToken('admin'), 'me'))).toBeNull()
  })
})
