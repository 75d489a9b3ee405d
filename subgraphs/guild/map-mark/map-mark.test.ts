import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { everyPage, PAGE } from '../testing/every-page.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const FIELDS = 'id owner mine shape points { ew ns } radius note colour audience expiresAt'
const CREATE = `mutation ($input: CreateMapMarkInput!) { createMapMark(input: $input) { mapMark { ${FIELDS} } } }`
const UPDATE = `mutation ($input: UpdateMapMarkInput!) { updateMapMark(input: $input) { mapMark { ${FIELDS} } } }`
const DELETE = 'mutation ($id: ID!) { deleteMapMark(input: { id: $id }) { deletedMapMarkId } }'
const LIST = `query ($first: Int! = 200, $after: String) {
  mapMarks(first: $first, after: $after) { totalCount edges { cursor node { note } } ${PAGE} nodes { id note } }
}`
const HOUR_MS = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString()

let viewer: Viewer
let other: Viewer
let operator: Viewer
let admin: Viewer
beforeAll(async () => {
  viewer = await guild.person('a viewer')
  other = await guild.person('another viewer')
  operator = await guild.person('an operator', 'operator')
  admin = await guild.person('an admin', 'admin')
})
const pin = (input: object = {}) => ({ shape: 'PIN', points: [{ ew: 1.5, ns: -2 }], note: 'Here', ...input })
type Made = { createMapMark: { mapMark: { id: string } } }
const make = async (by: Viewer, input: object = {}) =>
  (await guild.ask<Made>(by, CREATE, { input: pin(input) })).data.createMapMark.mapMark
type Listed = { mapMarks: { totalCount: number; nodes: { id: string; note: string }[] } }
const seen = async (by: Viewer) => (await guild.ask<Listed>(by, LIST)).data.mapMarks.nodes.map(({ id }) => id)

describe('a mark', () => {
  it('[MRK1] is a pin, a circle or an area, by who made it', async () => {
    expect(await make(viewer, { note: ' Here \n', expiresAt: null })).toEqual({
      id: expect.any(String) as string,
      owner: 'a viewer',
      mine: true,
      shape: 'PIN',
      points: [{ ew: 1.5, ns: -2 }],
      radius: null,
      note: 'Here',
      colour: 'YELLOW',
      audience: 'EVERYONE',
      expiresAt: null,
    })
    expect(await make(viewer, { shape: 'CIRCLE', radius: 2.5, colour: 'RED' })).toMatchObject({
      radius: 2.5,
      colour: 'RED',
    })
    const points = [1, 2, 4].map((ew) => ({ ew, ns: ew * ew }))
    expect(await make(viewer, { shape: 'POLYGON', points })).toMatchObject({ shape: 'POLYGON', points })
  })

  const corners = (count: number) => Array.from({ length: count }, (_, i) => ({ ew: i, ns: (i * 7) % 5 }))
  const NOTE = 'A note has 1 to 500 characters.'
  const CORNERS = 'An area has 3 to 40 corners.'
  const ONE = 'A pin and a circle have one place.'
  const WORLD = 'A mark is within the outdoor world: at most 102 map units from its middle.'
  const RADIUS = 'A circle has a radius of 0.05 to 50 map units, and nothing else has one.'
  const EXPIRY = 'A mark expires in the future, within a year.'
  it.each<[object, string | null]>([
    [{ note: '  ' }, NOTE],
    [{ note: 'x'.repeat(500) }, null],
    [{ note: 'x'.repeat(501) }, NOTE],
    [{ points: [] }, ONE],
    [{ points: corners(2) }, ONE],
    [{ shape: 'POLYGON', points: corners(2) }, CORNERS],
    [{ shape: 'POLYGON', points: corners(40) }, null],
    [{ shape: 'POLYGON', points: corners(41) }, CORNERS],
    [{ points: [{ ew: 102, ns: -102 }] }, null],
    [{ points: [{ ew: 102.1, ns: 0 }] }, WORLD],
    [{ points: [{ ew: 0, ns: -102.1 }] }, WORLD],
    [{ radius: 1 }, RADIUS],
    [{ shape: 'CIRCLE' }, RADIUS],
    [{ shape: 'CIRCLE', radius: 0.04 }, RADIUS],
    [{ shape: 'CIRCLE', radius: 50 }, null],
    [{ shape: 'CIRCLE', radius: 50.1 }, RADIUS],
    [{ expiresAt: inHours(-1) }, EXPIRY],
    [{ expiresAt: inHours(1) }, null],
    [{ expiresAt: inHours(24 * 367) }, EXPIRY],
  ])('[MRK1] case %#', async (input, message) => {
    expect(await guild.ask(viewer, CREATE, { input: pin(input) })).toMatchObject({
      code: message && 'BAD_USER_INPUT',
      message,
    })
  })

  it('[MRK2] is seen by everyone, by operators and its owner, or by its owner alone', async () => {
    const everyone = await make(viewer)
    const operators = await make(viewer, { audience: 'OPERATORS' })
    const mine = await make(viewer, { audience: 'ONLY_ME' })
    const sees = async (by: Viewer) => {
      const ids = await seen(by)
      return [everyone, operators, mine].map(({ id }) => ids.includes(id))
    }
    expect(await sees(viewer)).toEqual([true, true, true])
    expect(await sees(other)).toEqual([true, false, false])
    for (const by of [operator, admin]) expect(await sees(by)).toEqual([true, true, false])
    expect(await sees({ ...aToken('t'), id: viewer.id })).toEqual([true, false, false])
  })

  it('[MRK2] is gone once it has expired', async () => {
    const { id } = await make(viewer, { expiresAt: inHours(1) })
    expect(await seen(other)).toContain(id)
    await guild.pool.query("update map_marks set expires_at = now() - interval '1 s' where id = $1", [id])
    expect(await seen(other)).not.toContain(id)
    expect(await guild.ask(viewer, UPDATE, { input: { id, note: 'x' } })).toMatchObject({ code: 'NOT_FOUND' })
    await make(viewer)
    expect((await guild.pool.query('select from map_marks where id = $1', [id])).rowCount).toBe(0)
  })

  it('[MRK3] is changed and removed by its owner and by operators who see it', async () => {
    const { id } = await make(viewer, { shape: 'CIRCLE', radius: 3, expiresAt: inHours(2) })
    for (const [mutation, input] of [
      [UPDATE, { input: { id, note: 'x' } }],
      [DELETE, { id }],
    ] as const)
      expect(await guild.ask(other, mutation, input)).toMatchObject({ code: 'FORBIDDEN' })
    const changed = async (by: Viewer, input: object) =>
      (await guild.ask<{ updateMapMark: { mapMark: object } }>(by, UPDATE, { input: { id, ...input } })).data
        .updateMapMark.mapMark
    expect(await changed(viewer, { note: 'Moved', points: [{ ew: 9, ns: 9 }] })).toMatchObject({
      note: 'Moved',
      points: [{ ew: 9, ns: 9 }],
      radius: 3,
      expiresAt: expect.any(String) as string,
    })
    expect(await changed(operator, { expiresAt: null, colour: 'BLUE' })).toMatchObject({
      owner: 'a viewer',
      mine: false,
      expiresAt: null,
      colour: 'BLUE',
    })
    expect(await changed(operator, { audience: 'ONLY_ME' })).toBeNull()
    for (const by of [operator, admin]) expect(await guild.ask(by, DELETE, { id })).toMatchObject({ code: 'NOT_FOUND' })
    expect((await guild.ask(viewer, DELETE, { id })).data).toEqual({ deleteMapMark: { deletedMapMarkId: id } })
    const { id: second } = await make(viewer)
    expect((await guild.ask(operator, DELETE, { id: second })).code).toBeNull()
  })

  it.each(['x', '00000000-0000-4000-8000-000000000000'])('is not found by the id %s', async (id) => {
    for (const by of [viewer, admin]) {
      expect((await guild.ask(by, UPDATE, { input: { id, note: 'x' } })).code).toBe('NOT_FOUND')
      expect((await guild.ask(by, DELETE, { id })).code).toBe('NOT_FOUND')
    }
  })

  it('[MRK3] is one of at most 100 of a person, and 1,000 of the guild', async () => {
    const busy = await guild.person('a busy viewer')
    const fill = (owner: string, count: number) =>
      guild.pool.query(
        `insert into map_marks (owner_kind, owner_id, owner_name, shape, ew, ns, note, colour, audience)
         select 'user', $1, 'x', 'PIN', '{1}', '{2}', 'x', 'RED', 'ONLY_ME' from generate_series(1, $2::int)`,
        [owner, count],
      )
    await fill(busy.id, 99)
    await make(busy)
    expect((await guild.ask(busy, CREATE, { input: pin() })).message).toMatch(/^You have 100 marks/)
    await fill('nobody', 900)
    expect((await guild.ask(other, CREATE, { input: pin() })).message).toMatch(/^The guild has 1000 marks/)
    await guild.pool.query("delete from map_marks where owner_id in ('nobody', $1)", [busy.id])
  })

  it('is not made by a token that only reads', async () => {
    expect((await guild.ask(aToken('t'), CREATE, { input: pin() })).code).toBe('FORBIDDEN')
  })
})

describe('marks', () => {
  it('are listed in the order in which they were made, page by page', async () => {
    await guild.pool.query('delete from map_marks')
    for (const note of ['1', '2', '3', '4', '5']) await make(viewer, { note })
    const paged = await everyPage<{ note: string }>(
      async (after) => (await guild.ask<{ mapMarks: never }>(other, LIST, { first: 2, after })).data.mapMarks,
    )
    expect(paged.map(({ note }) => note)).toEqual(['1', '2', '3', '4', '5'])
  })
})

describe('a change of marks', () => {
  it('[MRK4] is sent to those who see the mark or saw it until then, and to nobody else', async () => {
    const CHANGED = 'subscription { mapMarkChanged { markId mark { note } } }'
    const followed = await guild.follow<object>(other, CHANGED)
    const owners = await guild.follow<object>(viewer, CHANGED)
    const [first, ofOwner] = [followed.next(), owners.next()]
    const hidden = await make(viewer, { note: 'Hidden', audience: 'ONLY_ME' })
    const { id } = await make(viewer, { note: 'Open' })
    expect(await ofOwner).toEqual({ markId: hidden.id, mark: { note: 'Hidden' } })
    expect(await owners.next()).toEqual({ markId: id, mark: { note: 'Open' } })
    expect(await first).toEqual({ markId: id, mark: { note: 'Open' } })
    await guild.ask(viewer, UPDATE, { input: { id, audience: 'ONLY_ME' } })
    expect(await followed.next()).toEqual({ markId: id, mark: null })
    await guild.ask(viewer, DELETE, { id })
    const last = await make(viewer, { note: 'Last' })
    expect(await followed.next()).toEqual({ markId: last.id, mark: { note: 'Last' } })
    await Promise.all([followed.end(), owners.end()])
  })
})
