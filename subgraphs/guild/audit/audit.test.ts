import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
interface Entry {
  id: string
  actor: string
  actorKind: string
  action: string
  subject: string | null
  details: Record<string, unknown>
  outcome: string | null
}
const LIST = `query ($where: AuditWhere, $first: Int, $after: String) {
  audit(where: $where, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } nodes { id actor actorKind action subject details outcome }
  }
}`
interface Answer {
  audit: { totalCount: number; pageInfo: { endCursor: string; hasNextPage: boolean }; nodes: Entry[] }
}

let admin: Viewer
let viewer: Viewer
beforeAll(async () => {
  admin = await guild.person('An Admin', 'admin')
  viewer = await guild.person('a viewer')
})
const list = async (where: object = {}, page: object = {}) =>
  (await guild.ask<Answer>(admin, LIST, { where, ...page })).data.audit
const newest = async () => (await list({}, { first: 1 })).nodes[0]!

const RULE = `mutation ($kind: AlertKind!, $enabled: Boolean) {
    setAlertRule(input: { kind: $kind, enabled: $enabled }) { alertRule { kind } }
  }`
const REVOKE = 'mutation ($id: ID!) { revokeToken(input: { id: $id }) { revokedTokenId } }'
const FILTER = `mutation ($name: String!, $filter: JSON!) {
  saveFilter(input: { list: "items", name: $name, filter: $filter }) { filter { name } }
}`

describe('the audit', () => {
  it('has each write with its actor, subject, arguments and result', async () => {
    await guild.ask(admin, RULE, { kind: 'DEATH', enabled: true })
    expect(await newest()).toMatchObject({
      actor: 'An Admin',
      actorKind: 'USER',
      action: 'setAlertRule',
      subject: 'DEATH',
      details: { kind: 'DEATH', enabled: true },
      outcome: 'OK',
    })
  })

  it('has what was refused, with its code, tokens too', async () => {
    await guild.ask(viewer, RULE, { kind: 'DEATH', enabled: false })
    expect(await newest()).toMatchObject({ actor: 'a viewer', action: 'setAlertRule', outcome: 'FORBIDDEN' })
    await guild.ask(admin, REVOKE, { id: 'no such token' })
    expect(await newest()).toMatchObject({ subject: 'no such token', outcome: 'NOT_FOUND' })
    await guild.ask(aToken('a bot'), RULE, { kind: 'DEATH', enabled: false })
    expect(await newest()).toMatchObject({ actor: 'a bot', actorKind: 'TOKEN', outcome: 'FORBIDDEN' })
  })

  it('has no secrets nor bodies, and long texts cut', async () => {
    await guild.ask(viewer, FILTER, { name: `a\0${'x'.repeat(300)}`, filter: { private: 1 } })
    const { details, outcome } = await newest()
    expect(outcome).toBe('BAD_USER_INPUT')
    expect(Object.keys(details).sort()).toEqual(['list', 'name'])
    expect(details['name']).toBe(`a${'x'.repeat(198)}`)
    const CHANGE = `mutation {
        setPassword(input: { currentPassword: "the old one", newPassword: "a long new secret" }) { viewer { name } }
      }`
    await guild.ask(viewer, CHANGE)
    expect(await newest()).toMatchObject({ action: 'setPassword', details: {} })
  })

  it.each([
    ['createUser', '{ username: "Made", password: "PRIVATE text" }', '{ user { id } }'],
    ['setUserPassword', '{ id: "x", password: "PRIVATE text" }', '{ user { id } }'],
    ['setPassword', '{ currentPassword: "PRIVATE text", newPassword: "PRIVATE text" }', '{ viewer { name } }'],
    ['createNote', '{ title: "t", body: "PRIVATE text" }', '{ note { id } }'],
    ['updateNote', '{ id: "1", body: "PRIVATE text" }', '{ note { id } }'],
    ['commentOnNote', '{ noteId: "1", text: "PRIVATE text" }', '{ note { id } }'],
    ['saveLayout', '{ name: "n", layout: { a: "PRIVATE text" } }', '{ layout { name } }'],
    ['saveFilter', '{ list: "l", name: "n", filter: { a: "PRIVATE text" } }', '{ filter { name } }'],
    ['ask', '{ sessionId: "x", message: "PRIVATE text" }', '{ questionsLeft }'],
    [
      'createWatchRule',
      '{ rule: { name: "n", field: STATE, comparison: EQ, text: "PRIVATE text" } }',
      '{ watchRule { id } }',
    ],
  ])('has no private field of the input of %s, however deep', async (name, input, selection) => {
    await guild.ask(admin, `mutation { ${name}(input: ${input}) ${selection} }`)
    expect((await newest()).action).toBe(name)
    const { rows } = await guild.pool.query("select from audit where row_to_json(audit)::text like '%PRIVATE%'")
    expect(rows).toEqual([])
  })

  it('is filtered by action, actor, subject, result and time', async () => {
    await guild.pool.query('delete from audit')
    await guild.ask(admin, RULE, { kind: 'IDLE' })
    await guild.ask(viewer, RULE, { kind: 'IDLE' })
    await guild.ask(viewer, FILTER, { name: 'mine', filter: {} })
    const actions = async (where: object) => (await list(where)).nodes.map(({ actor, action }) => `${actor}: ${action}`)
    expect(await actions({})).toEqual(['a viewer: saveFilter', 'a viewer: setAlertRule', 'An Admin: setAlertRule'])
    expect(await actions({ actions: ['saveFilter'] })).toEqual(['a viewer: saveFilter'])
    expect(await actions({ actor: 'an ADMIN' })).toEqual(['An Admin: setAlertRule'])
    expect(await actions({ subject: 'mine' })).toEqual(['a viewer: saveFilter'])
    expect(await actions({ succeeded: false })).toEqual(['a viewer: setAlertRule'])
    expect(await actions({ succeeded: true })).toEqual(['a viewer: saveFilter', 'An Admin: setAlertRule'])
    await guild.pool.query("update audit set at = '2026-01-01' where action = 'saveFilter'")
    expect(await actions({ until: '2026-01-01T00:00:00Z' })).toEqual(['a viewer: saveFilter'])
    expect(await actions({ since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' })).toHaveLength(1)
    expect(await actions({ since: '2026-01-01T00:00:00.001Z' })).toHaveLength(2)
  })

  it('is read page by page, newest first', async () => {
    await guild.pool.query('delete from audit')
    for (const kind of ['DEATH', 'IDLE', 'GONE']) await guild.ask(admin, RULE, { kind })
    const first = await list({}, { first: 2 })
    expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([3, true])
    expect(first.nodes.map(({ subject }) => subject)).toEqual(['GONE', 'IDLE'])
    const rest = await list({}, { first: 2, after: first.pageInfo.endCursor })
    expect([rest.nodes.map(({ subject }) => subject), rest.pageInfo.hasNextPage]).toEqual([['DEATH'], false])
    expect((await guild.ask(admin, LIST, { first: 501 })).code).toBe('BAD_USER_INPUT')
    expect((await guild.ask(admin, LIST, { first: 500 })).code).toBeNull()
  })

  it('is for admins', async () => {
    for (const asker of [viewer, aToken('t', 'operator')]) expect((await guild.ask(asker, LIST)).code).toBe('FORBIDDEN')
  })

  it('refuses who writes too often before anything is stored', async () => {
    const often = await guild.person('often')
    let stored = 0
    for (let n = 0; n < 500; n++) {
      const { code } = await guild.ask(often, FILTER, { name: '', filter: {} })
      if (code === 'TOO_MANY_TRIES') break
      stored++
    }
    expect(stored).toBeLessThan(500)
    expect((await list({ actor: 'often' }, { first: 1 })).totalCount).toBe(stored)
    expect((await guild.ask(viewer, FILTER, { name: 'x', filter: {} })).code).toBeNull()
  })
})
