import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { everyPage, PAGE } from '../testing/every-page.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const CREATE = `mutation ($rule: WatchRuleInput!) {
    createWatchRule(input: { rule: $rule }) { watchRule { id owner mine name number } }
  }`
const UPDATE = `mutation ($id: ID!, $rule: WatchRuleInput!) {
  updateWatchRule(input: { id: $id, rule: $rule }) { watchRule { id owner mine name } }
}`
const DELETE = 'mutation ($id: ID!) { deleteWatchRule(input: { id: $id }) { deletedWatchRuleId } }'
const LIST = '{ watchRules { nodes { name owner mine } } }'
const rule = (name: string) => ({ name, field: 'TAPERS', comparison: 'LT', number: 10 })
type Made = { createWatchRule: { watchRule: { id: string } } }
const make = async (viewer: Viewer, name: string) =>
  (await guild.ask<Made>(viewer, CREATE, { rule: rule(name) })).data.createWatchRule.watchRule.id
const revision = async (id: string) =>
  (await guild.pool.query<{ revision: number }>('select revision from watch_rules where id = $1', [id])).rows[0]
    ?.revision

let viewer: Viewer
let operator: Viewer
let admin: Viewer
beforeAll(async () => {
  viewer = await guild.person('a viewer')
  operator = await guild.person('an operator', 'operator')
  admin = await guild.person('an admin', 'admin')
})

describe('a watch rule', () => {
  it('belongs to the person who made it, and is changed and removed by them', async () => {
    const { data } = await guild.ask<Made>(viewer, CREATE, { rule: rule(' Mine ') })
    const { id } = data.createWatchRule.watchRule
    expect(data.createWatchRule.watchRule).toEqual({ id, owner: 'a viewer', mine: true, name: 'Mine', number: 10 })
    const before = await revision(id)
    expect((await guild.ask(viewer, UPDATE, { id, rule: rule('Changed') })).data).toEqual({
      updateWatchRule: { watchRule: { id, owner: 'a viewer', mine: true, name: 'Changed' } },
    })
    expect(await revision(id)).toBe(before! + 1)
    expect((await guild.ask(viewer, DELETE, { id })).data).toEqual({ deleteWatchRule: { deletedWatchRuleId: id } })
    expect(await revision(id)).toBeUndefined()
    expect(await guild.ask(viewer, DELETE, { id })).toMatchObject({ code: 'NOT_FOUND' })
  })

  it('of others is neither changed nor removed by operators, viewers or tokens', async () => {
    const id = await make(viewer, 'Kept')
    const before = await revision(id)
    const sameIdOtherKind = { ...aToken('t', 'operator'), id: viewer.id }
    for (const asker of [operator, await guild.person('a stranger'), aToken('t', 'operator'), sameIdOtherKind])
      for (const [mutation, input] of [
        [UPDATE, { id, rule: rule('Taken') }],
        [DELETE, { id }],
      ] as const)
        expect(await guild.ask(asker, mutation, input)).toMatchObject({
          code: 'FORBIDDEN',
          message: 'Only who made a rule, or an admin, may change it.',
        })
    expect(await revision(id)).toBe(before)
  })

  it('is changed by admins, and stays its owner’s', async () => {
    const id = await make(viewer, 'Edited')
    expect((await guild.ask(admin, UPDATE, { id, rule: rule('By an admin') })).data).toEqual({
      updateWatchRule: { watchRule: { id, owner: 'a viewer', mine: false, name: 'By an admin' } },
    })
    expect((await guild.ask(admin, DELETE, { id })).code).toBeNull()
  })

  it.each(['nobody', '00000000-0000-4000-8000-000000000000'])('is not found by the id %s', async (id) => {
    for (const asker of [viewer, admin]) {
      expect((await guild.ask(asker, DELETE, { id })).code).toBe('NOT_FOUND')
      expect((await guild.ask(asker, UPDATE, { id, rule: rule('x') })).code).toBe('NOT_FOUND')
    }
  })

  it('is refused where it could never hold', async () => {
    expect((await guild.ask(viewer, CREATE, { rule: { ...rule('x'), number: null } })).code).toBe('BAD_USER_INPUT')
    const id = await make(viewer, 'Stays')
    const input = { id, rule: { ...rule('x'), forSeconds: -1 } }
    expect((await guild.ask(viewer, UPDATE, input)).code).toBe('BAD_USER_INPUT')
  })

  it('is not made by a token that only reads', async () => {
    expect((await guild.ask(aToken('t'), CREATE, { rule: rule('x') })).code).toBe('FORBIDDEN')
  })
})

describe('a rule about an area', () => {
  const MARK = 'mutation ($input: CreateMapMarkInput!) { createMapMark(input: $input) { mapMark { id } } }'
  const circle = { shape: 'CIRCLE', points: [{ ew: 1, ns: 2 }], radius: 3, note: 'The camp' }
  const mark = async (input: object = {}) =>
    (await guild.ask<{ createMapMark: { mapMark: { id: string } } }>(viewer, MARK, { input: { ...circle, ...input } }))
      .data.createMapMark.mapMark.id
  const about = (areaId: string) => ({ name: 'Visits', field: 'AREA', comparison: 'ENTERS', areaId })
  const areas = async () =>
    (
      await guild.ask<{ watchRules: { nodes: object[] } }>(
        viewer,
        '{ watchRules { nodes { name field comparison area { note } } } }',
      )
    ).data.watchRules.nodes

  it('[MRK5] names the area, and stays without it once it was removed', async () => {
    const id = await mark()
    expect((await guild.ask(viewer, CREATE, { rule: about(id) })).code).toBeNull()
    const rule = { name: 'Visits', field: 'AREA', comparison: 'ENTERS' }
    expect(await areas()).toContainEqual({ ...rule, area: { note: 'The camp' } })
    await guild.pool.query('delete from map_marks where id = $1', [id])
    expect(await areas()).toContainEqual({ ...rule, area: null })
  })

  it('[MRK6] is not made about what only some see, or about a pin', async () => {
    for (const audience of ['OPERATORS', 'ONLY_ME'])
      expect(await guild.ask(viewer, CREATE, { rule: about(await mark({ audience })) })).toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no such area that everyone sees.',
      })
    for (const id of ['x', '00000000-0000-4000-8000-000000000000'])
      expect((await guild.ask(viewer, CREATE, { rule: about(id) })).code).toBe('NOT_FOUND')
    const pin = await mark({ shape: 'PIN', radius: null })
    expect((await guild.ask(viewer, CREATE, { rule: about(pin) })).code).toBe('BAD_USER_INPUT')
  })
})

describe('all watch rules', () => {
  it('are listed for everybody, the own first, by name', async () => {
    await guild.pool.query('delete from watch_rules')
    for (const [asker, name] of [
      [viewer, 'b'],
      [admin, 'z'],
      [viewer, 'C'],
      [admin, 'A'],
    ] as const)
      await make(asker, name)
    const { data } = await guild.ask<{ watchRules: { nodes: { name: string; mine: boolean }[] } }>(viewer, LIST)
    expect(data.watchRules.nodes.map(({ name, mine }) => `${name} ${mine}`)).toEqual([
      'b true',
      'C true',
      'A false',
      'z false',
    ])
    const paged = await everyPage<{ name: string; mine: boolean }>(async (after) => {
      const query = `query ($after: String) { watchRules(first: 2, after: $after) { edges { cursor node { name mine } }
        ${PAGE} } }`
      return (await guild.ask<{ watchRules: never }>(viewer, query, { after })).data.watchRules
    })
    expect(paged).toEqual(data.watchRules.nodes.map(({ name, mine }) => ({ name, mine })))
  })

  it('are at most fifty of one, and 500 of everybody', async () => {
    await guild.pool.query('delete from watch_rules')
    const fill = (owner: string, count: number) =>
      guild.pool.query(
        `insert into watch_rules (owner_kind, owner_id, owner_name, name, field, comparison, number,
           for_s, quiet_s, severity, enabled)
         select 'user', $1, 'x', n::text, 'TAPERS', 'LT', 1, 0, 0, 'INFO', true from generate_series(1, $2) n`,
        [owner, count],
      )
    await fill(viewer.id, 49)
    expect((await guild.ask(viewer, CREATE, { rule: rule('fiftieth') })).code).toBeNull()
    expect(await guild.ask(viewer, CREATE, { rule: rule('one more') })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'You have 50 rules already. Remove one first.',
    })
    await fill('somebody', 449)
    expect((await guild.ask(admin, CREATE, { rule: rule('the last') })).code).toBeNull()
    expect(await guild.ask(admin, CREATE, { rule: rule('one more') })).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'The guild has 500 rules already. Ask an admin to remove some.',
    })
  })
})
