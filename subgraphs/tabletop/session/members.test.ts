import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'

const INVITE = 'mutation ($sessionId: ID!) { inviteToGmSession(input: { sessionId: $sessionId }) { code } }'
const JOIN = 'mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { role } } }'
const REMOVE = `mutation ($sessionId: ID!, $userId: ID!) {
  removeGmMember(input: { sessionId: $sessionId, userId: $userId }) { session { members { name } } } }`

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

describe('somebody who was taken out of a game', () => {
  it('[TAB98] does not come back by a code from before, and does by a new one', async () => {
    const { id: sessionId } = await table.session(leader)
    const code = async () =>
      (await table.ask<{ inviteToGmSession: { code: string } }>(leader, INVITE, { sessionId })).data
    const { inviteToGmSession: before } = await code()
    expect((await table.ask(player, JOIN, before)).code).toBeNull()
    const removed = await table.ask<{ removeGmMember: { session: { members: object[] } } }>(leader, REMOVE, {
      ...{ sessionId, userId: player.id },
    })
    expect(removed.data.removeGmMember.session.members).toHaveLength(1)
    expect((await table.ask(player, JOIN, before)).code).toBe('NOT_FOUND')
    expect((await table.ask(player, JOIN, (await code()).inviteToGmSession)).code).toBeNull()
  })
})
