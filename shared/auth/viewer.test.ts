import { describe, expect, it } from 'vitest'
import { isAtLeast, rightsOf, roleOfScopes, ROLES, withoutPerson, type Role, type Viewer } from './viewer.ts'

const aViewer = (role: Role, other: Partial<Viewer> = {}): Viewer => ({
  kind: 'user',
  id: '7',
  name: 'Larsson',
  role,
  session: 'a session',
  needsPassword: true,
  owner: false,
  ...other,
})

describe('a role', () => {
  it.each([
    ['viewer', ['viewer']],
    ['operator', ['viewer', 'operator']],
    ['admin', ['viewer', 'operator', 'admin']],
  ] as const)('%s is at least %j, and no other', (role, reached) => {
    expect(ROLES.filter((least) => isAtLeast(aViewer(role), least))).toEqual(reached)
  })

  it.each([
    [[], 'viewer'],
    [['read'], 'viewer'],
    [['commands', 'administrator'], 'viewer'],
    [['read', 'command'], 'operator'],
    [['command', 'admin', 'read'], 'admin'],
  ])('of the scopes %j is %s', (scopes, role) => {
    expect(roleOfScopes(scopes)).toBe(role)
  })
})

describe('the rights of a viewer', () => {
  it.each([
    ['viewer', false, 'viewer'],
    ['operator', false, 'operator'],
    ['admin', false, 'admin'],
    ['viewer', true, 'viewer user 7'],
    ['operator', true, 'operator user 7'],
    ['admin', true, 'admin'],
  ] as const)('%s, owner of characters: %s', (role, owner, rights) => {
    expect(rightsOf(aViewer(role, { owner }))).toBe(rights)
  })

  it('keep nothing of a person whose own characters do not matter', () => {
    for (const [role, owner] of [
      ['viewer', false],
      ['operator', false],
      ['admin', true],
    ] as const)
      expect(withoutPerson(aViewer(role, { owner }))).toEqual({
        kind: 'token',
        id: '0',
        name: `every ${role}`,
        role,
        session: null,
        needsPassword: false,
        owner: false,
      })
  })

  it('keep of an owner who that is, and nothing else', () => {
    expect(withoutPerson(aViewer('operator', { owner: true }))).toEqual({
      kind: 'user',
      id: '7',
      name: 'every operator',
      role: 'operator',
      session: null,
      needsPassword: false,
      owner: true,
    })
  })

  it('stay the same without the person', () => {
    for (const role of ROLES)
      for (const owner of [true, false]) {
        const viewer = aViewer(role, { owner })
        expect(rightsOf(withoutPerson(viewer))).toBe(rightsOf(viewer))
      }
  })
})
