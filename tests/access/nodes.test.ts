import { afterAll, beforeAll, expect, it } from 'vitest'
import { ASKERS } from '../../shared/access/access-table.ts'
import { openGuild, viewerOf, type Guild } from './guild.ts'

let guild: Guild
beforeAll(async () => void (guild = await openGuild()))
afterAll(() => guild[Symbol.asyncDispose]())

it('[NOD1] nodes of which some are unknown are null in their places, whatever is asked of the others', async () => {
  const { exact, item } = guild.seeds
  const ids = ['zzz', `Character:${exact}`, 'Coldeve:1', item, 'Character:Nobody at all']
  const query = `{
    me { name }
    nodes(ids: ${JSON.stringify(ids)}) {
      __typename id ... on Item { name } ... on Character { lastSeenAt totals { kills } }
    }
    none: nodes(ids: ["zzz"]) { id ... on Item { name } ... on Character { lastSeenAt } }
  }`
  const { data, troubles } = await guild.ask(viewerOf(ASKERS[1], guild.seeds), query)
  expect(troubles).toEqual([])
  expect(data).toMatchObject({
    me: { name: 'viewer' },
    nodes: [
      null,
      { __typename: 'Character', id: ids[1], lastSeenAt: expect.any(String) as string },
      null,
      { __typename: 'Item', id: item },
      null,
    ],
    none: [null],
  })
})
