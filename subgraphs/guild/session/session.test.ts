import { beforeAll, describe, expect, it } from 'vitest'
import { PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const SESSIONS = 'query ($user: ID) { signIns(user: $user) { id username current address agent } }'
const REVOKE = 'mutation ($id: ID!) { revokeSignIn(input: { id: $id }) { revokedSignInId } }'
const REVOKE_OTHERS = 'mutation { revokeOtherSignIns { revokedCount } }'
type Listed = { signIns: { id: string; username: string; current: boolean }[] | null }

let viewer: Viewer
let operator: Viewer
let admin: Viewer
beforeAll(async () => {
  viewer = await guild.person('a viewer')
  operator = await guild.person('an operator', 'operator')
  admin = await guild.person('an admin', 'admin')
})

describe('sessions', () => {
  it('are listed for their owner, and the one that is asked with is marked', async () => {
    const other = await guild.session(viewer.id, { seen: '10 minutes' })
    const { data } = await guild.ask<Listed>(viewer, SESSIONS)
    const listed = { username: 'a viewer', address: '203.0.113.x', agent: 'a browser' }
    expect(data.signIns).toEqual([
      { ...listed, id: expect.any(String) as string, current: true },
      { ...listed, id: other, current: false },
    ])
    expect((await guild.ask(viewer, REVOKE, { id: other })).code).toBeNull()
  })

  it('that are over, or were not used for too long, are not listed', async () => {
    const gone = await guild.person('over')
    await guild.session(gone.id, { ends: '-1 second' })
    await guild.session(gone.id, { seen: '61 minutes' })
    const { data } = await guild.ask<Listed>(gone, SESSIONS)
    expect(data.signIns!.map(({ current }) => current)).toEqual([true])
  })

  it('of others are listed for admins alone', async () => {
    const listed = async (asker: Viewer, user: string) => {
      const { data, code } = await guild.ask<Listed | null>(asker, SESSIONS, { user })
      return data?.signIns?.map(({ username }) => username) ?? code
    }
    expect(await listed(viewer, viewer.id)).toEqual(['a viewer'])
    expect(await listed(admin, viewer.id)).toEqual(['a viewer'])
    for (const stranger of [operator, aToken('t', 'operator')])
      expect(await listed(stranger, viewer.id)).toBe('FORBIDDEN')
    expect(await listed(viewer, admin.id)).toBe('FORBIDDEN')
    expect(await listed(admin, 'nobody')).toBe('NOT_FOUND')
  })
})

describe('a session that is ended', () => {
  it('is ended by its owner, and published', async () => {
    const id = await guild.session(viewer.id)
    guild.published()
    expect(await guild.ask(viewer, REVOKE, { id })).toMatchObject({
      data: { revokeSignIn: { revokedSignInId: id } },
      code: null,
    })
    expect(guild.published()).toEqual([[PEOPLE_TOPIC, { users: [viewer.id] }]])
    expect(await guild.sessions(viewer.id)).toBe(1)
    expect((await guild.ask(viewer, REVOKE, { id })).code).toBe('NOT_FOUND')
    expect(guild.published()).toEqual([])
  })

  it('is not ended by operators, other viewers or tokens: to them there is none', async () => {
    const id = await guild.session(viewer.id)
    const stranger = await guild.person('a stranger')
    for (const asker of [operator, stranger, aToken('t'), aToken('t', 'operator')])
      expect((await guild.ask(asker, REVOKE, { id })).code).toMatch(/^(NOT_FOUND|FORBIDDEN)$/)
    expect([await guild.sessions(viewer.id), guild.published()]).toEqual([2, []])
    expect((await guild.ask(admin, REVOKE, { id })).code).toBeNull()
    expect(await guild.sessions(viewer.id)).toBe(1)
    guild.published()
  })

  it.each(['nobody', '00000000-0000-4000-8000-00000000000', 'x00000000-0000-4000-8000-000000000000'])(
    'has an id: %s',
    async (id) => {
      for (const asker of [viewer, admin])
        expect(await guild.ask(asker, REVOKE, { id })).toMatchObject({
          code: 'NOT_FOUND',
          message: 'There is no such session.',
        })
    },
  )
})

describe('ending all other sessions', () => {
  it('ends those of the person who asks, keeps the one it is done with, and says how many', async () => {
    await guild.session(viewer.id)
    await guild.session(viewer.id)
    await guild.session(operator.id)
    const before = await guild.sessions(operator.id)
    guild.published()
    expect((await guild.ask(viewer, REVOKE_OTHERS)).data).toEqual({ revokeOtherSignIns: { revokedCount: 2 } })
    expect(guild.published()).toEqual([[PEOPLE_TOPIC, { users: [viewer.id] }]])
    expect([await guild.sessions(viewer.id), await guild.sessions(operator.id)]).toEqual([1, before])
    expect((await guild.ask<Listed>(viewer, SESSIONS)).data.signIns!.map(({ current }) => current)).toEqual([true])
  })

  it('is for people', async () => {
    expect(await guild.ask(aToken('t', 'admin'), REVOKE_OTHERS)).toMatchObject({
      code: 'FORBIDDEN',
      message: 'A token has no sessions.',
    })
  })
})
