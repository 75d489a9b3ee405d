import { beforeAll, describe, expect, it } from 'vitest'
import { checkPassword } from '../../../shared/auth/password.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { CHARACTERS_TOPIC, PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import { everyPage, PAGE } from '../testing/every-page.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const CREATE = `mutation ($name: String!, $password: String! = "long enough", $role: Role! = VIEWER) {
  createUser(input: { username: $name, password: $password, role: $role }) { user { username role lastSignInAt } }
}`
const SET_ROLE =
  'mutation ($id: ID!, $role: Role!) { setUserRole(input: { id: $id, role: $role }) { user { username role } } }'
const SET_PASSWORD = `mutation ($id: ID!, $password: String!) {
  setUserPassword(input: { id: $id, password: $password }) { user { username } }
}`
const DELETE = 'mutation ($id: ID!) { deleteUser(input: { id: $id }) { deletedUserId } }'
const NOBODY = '00000000-0000-4000-8000-000000000000'

let admin: Viewer
beforeAll(async () => void (admin = await guild.person('admin', 'admin')))
const hashOf = async (id: string) => {
  const { rows } = await guild.pool.query<{ hash: string }>('select password_hash as hash from users where id = $1', [
    id,
  ])
  return rows[0]!.hash
}

describe('an account', () => {
  it('is made with a role and a password that is kept hashed', async () => {
    const { data } = await guild.ask(admin, CREATE, { name: 'Made', role: 'OPERATOR' })
    expect(data).toEqual({ createUser: { user: { username: 'Made', role: 'OPERATOR', lastSignInAt: null } } })
    const { rows } = await guild.pool.query<{ id: string }>("select id::text as id from users where username = 'Made'")
    expect(await checkPassword(await hashOf(rows[0]!.id), 'long enough')).toBe(true)
    expect((await guild.ask(admin, CREATE, { name: 'Without' })).data).toMatchObject({
      createUser: { user: { role: 'VIEWER' } },
    })
  })

  it('has a name of its own, in any case', async () => {
    await guild.ask(admin, CREATE, { name: 'Twice' })
    for (const name of ['Twice', 'tWICE'])
      expect(await guild.ask(admin, CREATE, { name })).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: `The name ${name} is taken.`,
      })
  })

  it.each([
    [{ name: '' }],
    [{ name: ' blank' }],
    [{ name: '-dash' }],
    [{ name: 'x'.repeat(64) }],
    [{ name: 'tab\there' }],
    [{ name: 'a/b' }],
    [{ name: 'fine', password: 'too short' }],
    [{ name: 'fine', password: 'x'.repeat(257) }],
  ])('is refused: %j', async (input) => {
    expect((await guild.ask(admin, CREATE, input)).code).toBe('BAD_USER_INPUT')
  })

  it.each([
    [{ name: 'x' }],
    [{ name: 'x'.repeat(63) }],
    [{ name: 'Åse O’Neil'.replace('’', "'") }],
    [{ name: '7 of-9. _' }],
    [{ name: 'ten', password: '0123456789' }],
    [{ name: 'most', password: 'x'.repeat(256) }],
  ])('is made: %j', async (input) => {
    expect((await guild.ask(admin, CREATE, input)).code).toBeNull()
  })

  it('is listed page by page, each once, whatever the case of its name', async () => {
    for (const name of ['b page', 'A page', 'C page', 'é page']) await guild.ask(admin, CREATE, { name })
    const names = await everyPage<{ username: string }>(async (after) => {
      const query = `query ($after: String) { users(first: 2, after: $after) { edges { cursor node { username } }
        ${PAGE} } }`
      return (await guild.ask<{ users: never }>(admin, query, { after })).data.users
    })
    const { rows } = await guild.pool.query<{ username: string }>('select username from users order by lower(username)')
    expect(names).toEqual(rows)
    expect((await guild.ask(admin, '{ users(first: 501) { totalCount } }')).code).toBe('BAD_USER_INPUT')
    expect((await guild.ask(admin, '{ users(after: "x") { totalCount } }')).code).toBe('BAD_USER_INPUT')
  })

  it('is listed by name, for admins', async () => {
    const { data } = await guild.ask<{ users: { nodes: { username: string; role: string }[] } }>(
      admin,
      '{ users { nodes { username role } } }',
    )
    const names = data.users.nodes.map(({ username }) => username)
    expect(names).toEqual([...names].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)))
    expect(data.users.nodes).toContainEqual({ username: 'admin', role: 'ADMIN' })
  })

  it('is nobody else’s to make, change, remove or list', async () => {
    const operator = await guild.person('an operator', 'operator')
    const other = await guild.person('other')
    for (const asker of [operator, aToken('t', 'operator')]) {
      expect((await guild.ask(asker, CREATE, { name: 'fine' })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, SET_ROLE, { id: other.id, role: 'ADMIN' })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, SET_PASSWORD, { id: other.id, password: 'long enough' })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, DELETE, { id: other.id })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, '{ users { nodes { id } } }')).code).toBe('FORBIDDEN')
    }
  })
})

describe('a change of an account', () => {
  it.each([
    [SET_ROLE, { role: 'OPERATOR' }],
    [SET_PASSWORD, { password: 'another one' }],
  ])('ends its sessions and is published: %s', async (mutation, input) => {
    const person = await guild.person(`changed ${Object.keys(input).join()}`)
    const other = await guild.person(`stays ${Object.keys(input).join()}`)
    guild.published()
    expect((await guild.ask(admin, mutation, { id: person.id, ...input })).code).toBeNull()
    expect(guild.published()).toEqual([[PEOPLE_TOPIC, { users: [person.id] }]])
    expect([await guild.sessions(person.id), await guild.sessions(other.id)]).toEqual([0, 1])
  })

  it('of the own password keeps the session it is done with', async () => {
    await guild.session(admin.id)
    expect((await guild.ask(admin, SET_PASSWORD, { id: admin.id, password: 'my own one' })).code).toBeNull()
    expect(await guild.sessions(admin.id)).toBe(1)
    expect(await checkPassword(await hashOf(admin.id), 'my own one')).toBe(true)
  })

  it('of nobody is refused, and not published', async () => {
    guild.published()
    for (const id of [NOBODY, 'nobody']) {
      const refused = { code: 'NOT_FOUND', message: 'There is no such account.' }
      expect(await guild.ask(admin, SET_ROLE, { id, role: 'VIEWER' })).toMatchObject(refused)
      expect(await guild.ask(admin, SET_PASSWORD, { id, password: 'long enough' })).toMatchObject(refused)
      expect(await guild.ask(admin, DELETE, { id })).toMatchObject(refused)
    }
    expect(guild.published()).toEqual([])
  })

  it('to a password too short is refused', async () => {
    expect((await guild.ask(admin, SET_PASSWORD, { id: admin.id, password: 'short' })).code).toBe('BAD_USER_INPUT')
  })
})

describe('admins', () => {
  it('neither lower nor remove themselves', async () => {
    for (const [mutation, input] of [
      [SET_ROLE, { role: 'VIEWER' }],
      [DELETE, {}],
    ] as const)
      expect((await guild.ask(admin, mutation, { id: admin.id, ...input })).code).toBe('FORBIDDEN')
  })

  it('are never all gone', async () => {
    const program = aToken('t', 'admin')
    const last = { code: 'FORBIDDEN', message: 'This is the last admin. Make another one first.' }
    expect(await guild.ask(program, SET_ROLE, { id: admin.id, role: 'OPERATOR' })).toMatchObject(last)
    expect(await guild.ask(program, DELETE, { id: admin.id })).toMatchObject(last)
    expect((await guild.ask(program, SET_ROLE, { id: admin.id, role: 'ADMIN' })).code).toBeNull()
    const second = await guild.person('second admin', 'admin')
    expect((await guild.ask(program, SET_ROLE, { id: second.id, role: 'OPERATOR' })).code).toBeNull()
    const third = await guild.person('third admin', 'admin')
    guild.published()
    expect((await guild.ask(program, DELETE, { id: third.id })).data).toEqual({
      deleteUser: { deletedUserId: third.id },
    })
    expect(guild.published()).toEqual([
      [PEOPLE_TOPIC, { users: [third.id] }],
      [CHARACTERS_TOPIC, {}],
    ])
    expect((await guild.ask(program, DELETE, { id: third.id })).code).toBe('NOT_FOUND')
  })
})
