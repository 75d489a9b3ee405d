import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Roll } from '../rules/roll.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { aTable, narrator, type TestEvent } from '../testing/table.ts'
import { tableState } from '../turn/table-state.ts'

const ROLL = `mutation ($input: RollGmSecretlyInput!) { rollGmSecretly(input: $input) { roll { id dice faces } } }`
const WHISPER = `mutation ($input: GmWhisperInput!) { gmWhisper(input: $input) { to } }`
const FIND = 'query ($sessionId: ID!, $id: ID!) { gmRoll(sessionId: $sessionId, id: $id) { id secret } }'
const COMMITMENT = 'query ($id: ID!) { gmSession(id: $id) { secretCommitment } }'
const SESSION = `query ($id: ID!) { gmSession(id: $id) {
  usedAt turnCount members { name isHere } events { totalCount } characters { state } initiative { turn } scene } }`
const TASKS = 'subscription { gmTurnRequested { kind sessionId history { message narration } state } }'

const table = aTable()
let people: Record<'leader' | 'player' | 'other' | 'spectator' | 'stranger', Viewer>
beforeAll(async () => {
  const [leader, player, other, spectator, stranger] = await Promise.all(
    ['leader', 'player', 'other', 'spectator', 'stranger'].map((name) => table.person(name)),
  )
  people = { leader: leader!, player: player!, other: other!, spectator: spectator!, stranger: stranger! }
})

async function aSession(): Promise<string> {
  const { leader, player, other, spectator } = people
  const { id } = await table.game(leader, player)
  await table.join(leader, id, other)
  await table.join(leader, id, spectator, 'SPECTATOR')
  return id
}
const roll = (viewer: Viewer, sessionId: string, more: object = {}) =>
  table.ask<{ rollGmSecretly: { roll: { id: string; faces: number[][] } } }>(viewer, ROLL, {
    input: { sessionId, dice: 6, targetNumber: 4, purpose: 'a hidden door', ...more },
  })
const whisper = (viewer: Viewer, sessionId: string, to: Viewer, message = 'meet me at the dock') =>
  table.ask(viewer, WHISPER, { input: { sessionId, userId: to.id, message } })

/** What somebody gets to see of a session by its stream from the beginning, until somebody speaks aloud. */
async function replay(viewer: Viewer, id: string): Promise<TestEvent[]> {
  const seen: TestEvent[] = []
  const feed = await table.follow(viewer, id, '0')
  do seen.push(await feed.next())
  while (seen.at(-1)!.payload['message'] !== 'aloud')
  await feed.end()
  return seen
}

describe('a secret roll', () => {
  it('[TAB56] is seen by who rolled and the game master, by query, stream and replay, and by nobody else', async () => {
    const { leader, player, other, spectator, stranger } = people
    const id = await aSession()
    const { data } = await roll(player, id)
    const rollId = data.rollGmSecretly.roll.id
    await table.say(leader, id, 'aloud')
    for (const [viewer, sees] of [
      [leader, true],
      [player, true],
      [other, false],
      [spectator, false],
    ] as const) {
      expect(JSON.stringify(await table.events(viewer, id)).includes('a hidden door'), viewer.name).toBe(sees)
      expect(JSON.stringify(await replay(viewer, id)).includes(rollId), viewer.name).toBe(sees)
      const found = await table.ask<{ gmRoll: object | null }>(viewer, FIND, { sessionId: id, id: rollId })
      expect(found.data.gmRoll !== null, viewer.name).toBe(sees)
    }
    expect((await table.ask(stranger, FIND, { sessionId: id, id: rollId })).code).toBe('NOT_FOUND')
  })

  it('[TAB56] leaves no trace for others: neither time, counts, dice of the session nor state of a model', async () => {
    const { leader, player, other } = people
    const id = await aSession()
    const before = await table.ask(other, SESSION, { id })
    const state = JSON.stringify(await tableState(table.pool, id))
    const commitment = (await table.events(other, id)).findLast(({ payload }) => payload['commitment'])!.payload
    await roll(player, id)
    await whisper(player, id, leader)
    expect(await table.ask(other, SESSION, { id })).toEqual(before)
    expect(JSON.stringify(await tableState(table.pool, id))).toBe(state)
    await table.say(leader, id, 'aloud')
    const begun = (await table.events(other, id)).at(-1)!
    expect(begun.payload['commitment']).toBe(commitment['commitment'])
    // Turns of other tests may be requested as well.
    const { data } = await table.first<{ gmTurnRequested: { sessionId: string } }>(
      narrator,
      TASKS,
      ({ gmTurnRequested }) => gmTurnRequested.sessionId === id,
    )
    expect(JSON.stringify(data)).not.toMatch(/hidden door|meet me/)
  })

  it('[TAB57] follows from a commitment that its roller had before', async () => {
    const { player } = people
    const id = await aSession()
    const commitment = async () =>
      (await table.ask<{ gmSession: { secretCommitment: string } }>(player, COMMITMENT, { id })).data.gmSession
        .secretCommitment
    const before = await commitment()
    expect(await commitment()).toBe(before)
    await roll(player, id)
    const { payload } = (await table.events(player, id)).at(-1)!
    const rolled = payload['roll'] as Roll
    expect(rolled.commitment).toBe(before)
    expect(verifyRoll(rolled, payload['secret'] as string, before).isValid).toBe(true)
    expect(await commitment()).toBe(payload['nextCommitment'])
    expect(await commitment()).not.toBe(before)
  })

  it('[TAB57] is refused beyond the limits of the rules, and for spectators', async () => {
    const { leader, spectator, stranger } = people
    const id = await aSession()
    expect((await roll(leader, id, { dice: 101 })).code).toBe('BAD_USER_INPUT')
    expect((await roll(leader, id, { dice: 0 })).code).toBe('BAD_USER_INPUT')
    expect((await roll(leader, id, { purpose: 'x'.repeat(121) })).code).toBe('BAD_USER_INPUT')
    expect((await roll(spectator, id)).code).toBe('FORBIDDEN')
    expect((await roll(stranger, id)).code).toBe('NOT_FOUND')
  })
})

describe('a whisper', () => {
  it('[TAB58] is seen by who sent and who received it, and by nobody else, the game master included', async () => {
    const { leader, player, other, spectator } = people
    const id = await aSession()
    await whisper(player, id, other)
    await table.say(leader, id, 'aloud')
    for (const [viewer, sees] of [
      [player, true],
      [other, true],
      [leader, false],
      [spectator, false],
    ] as const) {
      expect(JSON.stringify(await table.events(viewer, id)).includes('meet me'), viewer.name).toBe(sees)
      expect(JSON.stringify(await replay(viewer, id)).includes('meet me'), viewer.name).toBe(sees)
    }
  })

  it('[TAB58] is for a member of the session, and from one who may speak', async () => {
    const { leader, player, spectator, stranger } = people
    const id = await aSession()
    expect((await whisper(player, id, stranger)).code).toBe('NOT_FOUND')
    expect((await whisper(player, id, player)).code).toBe('BAD_USER_INPUT')
    expect((await whisper(player, id, leader, ' ')).code).toBe('BAD_USER_INPUT')
    expect((await whisper(spectator, id, leader)).code).toBe('FORBIDDEN')
    expect((await whisper(stranger, id, leader)).code).toBe('NOT_FOUND')
    expect((await whisper(leader, id, spectator)).code).toBeNull()
  })
})
