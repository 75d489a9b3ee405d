import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { CHARACTERS_TOPIC, PEOPLE_TOPIC } from '../../../shared/contract/people.ts'
import { aGuild, aToken } from '../testing/guild.ts'

const guild = aGuild()
const SET_OWNER = `mutation ($character: String!, $user: ID) {
  setOwner(input: { character: $character, userId: $user }) {
    ownership { character { name } userId username placeShown changedBy }
  }
}`
const SET_PLACE = `mutation ($character: String!, $shown: PlaceShown!) {
  setPlaceShown(input: { character: $character, placeShown: $shown }) {
    ownership { character { name } username placeShown changedBy }
  }
}`
const MINE = '{ myCharacters { character { name placeShown } } }'

let admin: Viewer
let owner: Viewer
let other: Viewer
beforeAll(async () => {
  admin = await guild.person('an admin', 'admin')
  owner = await guild.person('an owner')
  other = await guild.person('another', 'operator')
})
const setOwner = (character: string, user: string | null, asker = admin) =>
  guild.ask(asker, SET_OWNER, { character, user })
const setPlace = (character: string, shown: string, asker: Viewer) => guild.ask(asker, SET_PLACE, { character, shown })

describe('the owner of a character', () => {
  it('is set and removed by admins, and both people before and after are published', async () => {
    guild.published()
    expect((await setOwner('Larsson', owner.id)).data).toEqual({
      setOwner: {
        ownership: {
          character: { name: 'Larsson' },
          userId: owner.id,
          username: 'an owner',
          placeShown: 'EXACT',
          changedBy: 'an admin',
        },
      },
    })
    expect(guild.published()).toEqual([
      [CHARACTERS_TOPIC, expect.anything()],
      [PEOPLE_TOPIC, { users: [owner.id] }],
    ])
    await setOwner('Larsson', other.id)
    expect(guild.published().at(-1)).toEqual([PEOPLE_TOPIC, { users: [owner.id, other.id] }])
    expect((await guild.ask(owner, MINE)).data).toEqual({ myCharacters: [] })
    expect((await guild.ask(other, MINE)).data).toEqual({
      myCharacters: [{ character: { name: 'Larsson', placeShown: 'EXACT' } }],
    })
    expect((await setOwner('Larsson', null)).data).toMatchObject({
      setOwner: { ownership: { userId: null, username: null } },
    })
    expect(guild.published().at(-1)).toEqual([PEOPLE_TOPIC, { users: [other.id] }])
  })

  it.each(['nobody', '00000000-0000-4000-8000-000000000000'])('is no account of the id %s', async (id) => {
    expect((await setOwner('Nobodys', id)).code).toBe('NOT_FOUND')
    const { rows } = await guild.pool.query("select from character_settings where name = 'Nobodys'")
    expect(rows).toEqual([])
  })

  it.each(['', '  ', 'x'.repeat(65)])('is not set of a character called "%s"', async (name) => {
    expect((await setOwner(name, owner.id)).code).toBe('BAD_USER_INPUT')
    expect((await setPlace(name, 'HIDDEN', admin)).code).toBe('BAD_USER_INPUT')
  })

  it('is set by admins alone, by owners neither', async () => {
    await setOwner('Kept', owner.id)
    for (const asker of [owner, other, aToken('t', 'operator')])
      expect((await setOwner('Kept', other.id, asker)).code).toBe('FORBIDDEN')
    expect((await guild.ask<{ myCharacters: object[] }>(owner, MINE)).data.myCharacters).toHaveLength(1)
  })
})

describe('how much of a place is shown', () => {
  it('is set by the owner and by admins, for all others stays', async () => {
    await setOwner('Placed', owner.id)
    guild.published()
    expect((await setPlace('Placed', 'HIDDEN', owner)).data).toEqual({
      setPlaceShown: {
        ownership: {
          character: { name: 'Placed' },
          username: 'an owner',
          placeShown: 'HIDDEN',
          changedBy: 'an owner',
        },
      },
    })
    expect(guild.published()).toEqual([[CHARACTERS_TOPIC, expect.anything()]])
    const sameIdOtherKind = { ...aToken('t', 'operator'), id: owner.id }
    for (const asker of [other, aToken('t'), sameIdOtherKind])
      expect((await setPlace('Placed', 'EXACT', asker)).code).toBe('FORBIDDEN')
    expect((await guild.ask(owner, '{ myCharacters { placeShown character { placeShown } } }')).data).toMatchObject({
      myCharacters: expect.arrayContaining([{ placeShown: 'HIDDEN', character: { placeShown: 'HIDDEN' } }]) as unknown,
    })
    expect((await setPlace('Placed', 'BLURRED', admin)).data).toMatchObject({
      setPlaceShown: { ownership: { placeShown: 'BLURRED' } },
    })
  })

  it('survives a change of the owner', async () => {
    await setPlace('Moved', 'BLURRED', admin)
    expect((await setOwner('Moved', owner.id)).data).toMatchObject({
      setOwner: { ownership: { placeShown: 'BLURRED' } },
    })
  })
})

describe('ownerships', () => {
  it('are listed page by page, with those alone that have an owner or a restricted place', async () => {
    await guild.pool.query('delete from character_settings')
    for (const name of ['c', 'a', 'b']) await setOwner(name, owner.id)
    await setOwner('d', null)
    await setPlace('e', 'HIDDEN', admin)
    const PAGE = `query ($after: String) {
      ownerships(first: 3, after: $after) { totalCount nodes { character { name } } pageInfo { endCursor hasNextPage } }
    }`
    interface Answer {
      ownerships: {
        totalCount: number
        nodes: { character: { name: string } }[]
        pageInfo: { endCursor: string; hasNextPage: boolean }
      }
    }
    const { ownerships: first } = (await guild.ask<Answer>(admin, PAGE)).data
    expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([4, true])
    expect(first.nodes.map(({ character }) => character.name)).toEqual(['a', 'b', 'c'])
    const { ownerships: rest } = (await guild.ask<Answer>(admin, PAGE, { after: first.pageInfo.endCursor })).data
    expect([rest.nodes.map(({ character }) => character.name), rest.pageInfo.hasNextPage]).toEqual([['e'], false])
  })

  it('are for admins, and a token has no characters', async () => {
    expect((await guild.ask(other, '{ ownerships { totalCount } }')).code).toBe('FORBIDDEN')
    expect((await guild.ask(aToken('t', 'admin'), MINE)).code).toBe('FORBIDDEN')
  })
})
