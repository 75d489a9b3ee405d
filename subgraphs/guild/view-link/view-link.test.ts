import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const off = aGuild({ shareLinks: 'off' })
const CREATE = `mutation ($input: CreateViewLinkInput!) {
  createViewLink(input: $input) { secret viewLink { id name maker moment lastUsedAt } }
}`
const REVOKE = 'mutation ($id: ID!) { revokeViewLink(input: { id: $id }) { revokedViewLinkId } }'
const OWN = '{ viewLinks { id name } }'
const HOUR_MS = 3_600_000
const VIEW = { ew: 1.5, ns: 2.5, across: 40 }

interface Made {
  createViewLink: { secret: string; viewLink: { id: string; name: string } }
}
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()
const create = (viewer: Viewer, { view = {}, ...input }: Record<string, unknown> = {}) =>
  guild.ask<Made>(viewer, CREATE, {
    input: { name: 'a link', expiresAt: inHours(1), view: { ...VIEW, ...(view as object) }, ...input },
  })

let maker: Viewer
let other: Viewer
let admin: Viewer
beforeAll(async () => {
  maker = await guild.person('maker')
  other = await guild.person('other')
  admin = await guild.person('an admin', 'admin')
})

describe('a link to a shared view', () => {
  it('has a secret that no row holds, and is listed to its maker and to admins', async () => {
    const { data } = await create(maker, { name: ' a map ', view: { moment: '2026-01-01T00:00:00Z' } })
    const { secret, viewLink } = data.createViewLink
    expect(viewLink).toMatchObject({
      name: 'a map',
      maker: 'maker',
      moment: '2026-01-01T00:00:00.000Z',
      lastUsedAt: null,
    })
    const { rows } = await guild.pool.query<{ text: string }>('select l::text as text from view_links l')
    expect(rows.some(({ text }) => text.includes(secret))).toBe(false)
    const mine = { id: viewLink.id, name: 'a map' }
    expect((await guild.ask(maker, OWN)).data).toEqual({ viewLinks: [mine] })
    expect((await guild.ask(other, OWN)).data).toEqual({ viewLinks: [] })
    const all = '{ allViewLinks { totalCount nodes { id name } } }'
    expect((await guild.ask(admin, all)).data).toEqual({ allViewLinks: { totalCount: 1, nodes: [mine] } })
    expect((await guild.ask(maker, all)).code).toBe('FORBIDDEN')
  })

  it.each([
    ['an end that is over', { expiresAt: inHours(-1) }],
    ['an end beyond the bound', { expiresAt: inHours(25) }],
    ['an empty name', { name: ' ' }],
    ['a name of 65 characters', { name: 'x'.repeat(65) }],
    ['a moment that is not over', { view: { moment: inHours(2) } }],
    ['a place off the world', { view: { ew: 300 } }],
    ['a layer that is no word', { view: { layers: ['<b>'] } }],
    ['a filter that is no object', { view: { filters: [{ colour: 'RED', where: ['live'] }] } }],
    ['a filter of many characters', { view: { filters: [{ colour: 'RED', where: { text: 'x'.repeat(4_000) } }] } }],
    ['more than 8 filters', { view: { filters: Array(9).fill({ colour: 'RED', where: {} }) as object[] } }],
  ])('is refused with %s', async (_, input) => {
    expect((await create(maker, input)).code).toBe('BAD_USER_INPUT')
  })

  it('is for people: tokens make none', async () => {
    expect((await create(aToken('a bot', 'admin'))).code).toBe('FORBIDDEN')
  })

  it('is ended by its maker or an admin, and published so that what it shows closes', async () => {
    for (const viewer of [maker, admin]) {
      const { id } = (await create(maker)).data.createViewLink.viewLink
      expect((await guild.ask(other, REVOKE, { id })).code).toBe('NOT_FOUND')
      guild.published()
      expect((await guild.ask(viewer, REVOKE, { id })).data).toEqual({ revokeViewLink: { revokedViewLinkId: id } })
      expect(guild.published()).toEqual([[PEOPLE_TOPIC, { tokens: [id] }]])
      expect((await guild.ask(viewer, REVOKE, { id })).code).toBe('NOT_FOUND')
    }
  })

  it('ends with the account of its maker', async () => {
    const leaver = await guild.person('leaver')
    const { id } = (await create(leaver)).data.createViewLink.viewLink
    guild.published()
    await guild.ask(admin, 'mutation ($id: ID!) { deleteUser(input: { id: $id }) { deletedUserId } }', {
      id: leaver.id,
    })
    expect(guild.published()[0]).toEqual([PEOPLE_TOPIC, { users: [leaver.id], tokens: [id] }])
    expect((await guild.pool.query('select from view_links where id = $1', [id])).rowCount).toBe(0)
  })

  it('is one of 20 that somebody may have, those that ended left out', async () => {
    const many = await guild.person('many')
    const codes = await Promise.all(Array.from({ length: 22 }, async () => (await create(many)).code))
    expect(codes.filter((code) => code === null)).toHaveLength(20)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(2)
    await guild.pool.query('update view_links set ends_at = now() where user_id = $1', [many.id])
    expect((await create(many)).code).toBeNull()
  })

  it('is kept in the audit when it is made and ended, without what it shows', async () => {
    const { rows } = await guild.pool.query<{ action: string; details: object }>(
      "select action, details from audit where action like '%ViewLink' and outcome = 'OK'",
    )
    expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(['createViewLink', 'revokeViewLink']))
    expect(JSON.stringify(rows)).not.toContain('across')
  })

  it('is not made while the setting is off, and says how to turn it on', async () => {
    const somebody = await off.person('somebody')
    const input = { name: 'a link', expiresAt: inHours(1), view: VIEW }
    expect(await off.ask(somebody, CREATE, { input })).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringContaining('SHARE_LINKS') as string,
    })
    expect((await off.ask(somebody, '{ me { viewLinkHours } }')).data).toEqual({ me: { viewLinkHours: null } })
    expect((await guild.ask(maker, '{ me { viewLinkHours } }')).data).toEqual({ me: { viewLinkHours: 24 } })
  })
})
