import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import { everyPage, PAGE } from '../testing/every-page.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const CREATE = `mutation ($name: String!, $scopes: [TokenScope!]! = [READ], $expiresAt: DateTime) {
  createToken(input: { name: $name, scopes: $scopes, expiresAt: $expiresAt }) {
    secret token { id name scopes lastUsedAt expiresAt }
  }
}`
const REVOKE = 'mutation ($id: ID!) { revokeToken(input: { id: $id }) { revokedTokenId } }'
interface Created {
  createToken: { secret: string; token: { id: string; name: string; scopes: string[]; expiresAt: string | null } }
}

let admin: Viewer
beforeAll(async () => {
  admin = await guild.person('an admin', 'admin')
})
const create = (input: Record<string, unknown>) => guild.ask<Created>(admin, CREATE, input)

describe('a service token', () => {
  it('is created with a secret that no row holds, listed by name, and may be given an end', async () => {
    const expiresAt = '2126-01-01T00:00:00.000Z'
    const { data } = await create({ name: 'b', scopes: ['READ', 'COMMAND'], expiresAt })
    await create({ name: 'a' })
    const { secret, token } = data.createToken
    expect(token).toMatchObject({ name: 'b', scopes: ['READ', 'COMMAND'], lastUsedAt: null, expiresAt })
    const list = await guild.ask<{ tokens: { nodes: object[] } }>(
      admin,
      '{ tokens { nodes { name scopes expiresAt } } }',
    )
    expect(list.data.tokens.nodes).toEqual([
      { name: 'a', scopes: ['READ'], expiresAt: null },
      { name: 'b', scopes: ['READ', 'COMMAND'], expiresAt },
    ])
    const { rows } = await guild.pool.query<{ text: string }>('select t::text as text from service_tokens t')
    expect(rows.some(({ text }) => text.includes(secret))).toBe(false)
  })

  it('is listed page by page, each once', async () => {
    for (const name of ['page 3', 'Page 1', 'page 2']) await create({ name })
    const names = await everyPage<{ name: string }>(async (after) => {
      const query = `query ($after: String) { tokens(first: 2, after: $after) { edges { cursor node { name } } ${PAGE} }
        }`
      return (await guild.ask<{ tokens: never }>(admin, query, { after })).data.tokens
    })
    const { rows } = await guild.pool.query<{ name: string }>('select name from service_tokens order by name')
    expect(names).toEqual(rows)
    expect((await guild.ask(admin, '{ tokens(first: 501) { totalCount } }')).code).toBe('BAD_USER_INPUT')
  })

  it.each([
    ['a name with other signs', { name: 'a/b' }],
    ['an empty name', { name: '' }],
    ['a name of 65 letters', { name: 'x'.repeat(65) }],
    ['no scope', { name: 'none', scopes: [] }],
    ['the scope of the assistant beside another', { name: 'both', scopes: ['AGENT', 'READ'] }],
  ])('is refused with %s', async (_, input) => {
    expect((await create(input)).code).toBe('BAD_USER_INPUT')
  })

  it('has a name of its own', async () => {
    await create({ name: 'twice' })
    expect((await create({ name: 'twice' })).code).toBe('BAD_USER_INPUT')
  })

  it.each(['id', 'name'] as const)(
    'is ended by its %s, once, and published so that its connections close',
    async (key) => {
      const { token } = (await create({ name: `ended by ${key}` })).data.createToken
      guild.published()
      expect((await guild.ask(admin, REVOKE, { id: token[key] })).data).toEqual({
        revokeToken: { revokedTokenId: token.id },
      })
      expect(guild.published()).toEqual([[PEOPLE_TOPIC, { tokens: [token.id] }]])
      expect((await guild.ask(admin, REVOKE, { id: token[key] })).code).toBe('NOT_FOUND')
      expect(guild.published()).toEqual([])
    },
  )

  it('is neither seen, created nor ended by others than admins', async () => {
    const { token } = (await create({ name: 'kept' })).data.createToken
    for (const asker of [await guild.person('an operator', 'operator'), aToken('t', 'operator')]) {
      expect((await guild.ask(asker, '{ tokens { nodes { name } } }')).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, CREATE, { name: 'new' })).code).toBe('FORBIDDEN')
      expect((await guild.ask(asker, REVOKE, { id: token.id })).code).toBe('FORBIDDEN')
    }
    const { data } = await guild.ask<{ tokens: { nodes: { name: string }[] } }>(admin, '{ tokens { nodes { name } } }')
    expect(data.tokens.nodes.map(({ name }) => name)).toContain('kept')
    expect(data.tokens.nodes.map(({ name }) => name)).not.toContain('new')
  })
})
