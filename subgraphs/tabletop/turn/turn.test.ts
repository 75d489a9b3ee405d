import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { aTable, type TestEvent } from '../testing/table.ts'
import { endStaleTurns } from './watch-turns.ts'

const table = aTable()
let leader: Viewer
let player: Viewer
let spectator: Viewer
let stranger: Viewer
beforeAll(async () => {
  leader = await table.person('leader')
  player = await table.person('player')
  spectator = await table.person('spectator')
  stranger = await table.person('stranger')
})

/** A session with a player and a spectator. */
async function aSession() {
  const session = await table.game(leader, player)
  await table.join(leader, session.id, spectator, 'SPECTATOR')
  return session
}

const kindsOf = (events: readonly TestEvent[], turnId: string) =>
  events.filter((event) => event.turnId === turnId).map(({ kind }) => kind)
const ended = (turnId: string) => table.report(turnId, { number: 1, kind: 'COMPLETE', content: 'Response complete' })

describe('a turn', () => {
  it('[TAB20] is one at a time in a session, and ends with exactly one event', async () => {
    const { id } = await aSession()
    const first = (await table.say(leader, id, '/roll 8 tn5')).data.gmSay.turn
    expect((await table.say(leader, id, 'me too')).code).toBe('SESSION_BUSY')
    await table.run(first.id, 'roll_dice', { dice: 8, target_number: 5 })
    const narration = { number: 1, kind: 'NARRATIVE', content: 'Dice fall.' }
    const end = { number: 2, kind: 'COMPLETE', content: 'Response complete' }
    expect((await table.report(first.id, narration)).data.reportGmEvents.over).toBe(false)
    expect((await table.report(first.id, narration, end)).data.reportGmEvents.over).toBe(true) // repeated in part
    expect((await table.report(first.id, { ...end, number: 3 })).data.reportGmEvents.over).toBe(true)
    expect(kindsOf(await table.events(leader, id), first.id)).toEqual([
      'PROCESSING',
      'TOOL_EXECUTION',
      'ROLL',
      'TOOL_RESULT',
      'NARRATIVE',
      'COMPLETE',
    ])
    expect((await table.say(leader, id, 'next')).code).toBeNull()
  })

  it('[TAB65] shows as here who follows the events, and nobody else', async () => {
    const { id } = await aSession()
    const feed = await table.follow(player, id, '0')
    await feed.next()
    const { data } = await table.ask<{ gmSession: { members: { name: string; role: string; isHere: boolean }[] } }>(
      leader,
      'query ($id: ID!) { gmSession(id: $id) { members { name role isHere } } }',
      { id },
    )
    expect(data.gmSession.members.map(({ role, isHere }) => [role, isHere])).toEqual([
      ['GM', false],
      ['PLAYER', true],
      ['SPECTATOR', false],
    ])
    await feed.end()
  })

  it('[TAB21] takes no call and no narration after its end', async () => {
    const { id } = await aSession()
    const turn = (await table.say(leader, id, 'hello')).data.gmSay.turn
    await ended(turn.id)
    expect((await table.run(turn.id, 'roll_dice', { dice: 1 })).code).toBe('BAD_USER_INPUT')
    await table.report(turn.id, { number: 2, kind: 'NARRATIVE', content: 'late' })
    expect(kindsOf(await table.events(leader, id), turn.id)).toEqual(['PROCESSING', 'COMPLETE'])
  })

  it('[TAB22] that nobody works on any more ends with an error; what was rolled stays', async () => {
    const { id } = await aSession()
    const turn = (await table.say(leader, id, '/roll 3')).data.gmSay.turn
    await table.run(turn.id, 'roll_dice', { dice: 3 })
    await table.pool.query("update gm_turns set claim = $2, alive_at = now() - interval '1 minute' where id = $1", [
      turn.id,
      randomUUID(),
    ])
    await endStaleTurns({ pool: table.pool, pubsub: { publish: () => undefined } as never }, new Date())
    const events = (await table.events(leader, id)).filter(({ turnId }) => turnId === turn.id)
    expect(events.map(({ kind }) => kind)).toEqual(['PROCESSING', 'TOOL_EXECUTION', 'ROLL', 'TOOL_RESULT', 'ERROR'])
    expect(events.at(-1)!.payload).toMatchObject({ code: 'PROCESS_GONE' })
  })

  it('[TAB70] ends well whatever a model writes: unstorable characters are replaced, or refused', async () => {
    const { id } = await table.session(leader)
    const turn = (await table.say(leader, id, 'go')).data.gmSay.turn.id
    for (const purpose of ['a\0b', 'a\ud800b'])
      expect((await table.run(turn, 'roll_dice', { dice: 1, purpose })).code).toBe('BAD_USER_INPUT')
    const written = { number: 1, kind: 'NARRATIVE', content: 'Rain\0 and \ud800 fog' }
    const end = { number: 2, kind: 'COMPLETE', content: 'Response\0complete' }
    expect((await table.report(turn, written, end)).data.reportGmEvents.over).toBe(true)
    const [narrated, ended] = (await table.events(leader, id)).slice(-2)
    expect(narrated!.payload['content']).toBe('Rain\ufffd and \ufffd fog')
    expect(ended!.kind).toBe('COMPLETE')
  })

  it('[TAB23] runs a repeated call once', async () => {
    const { id } = await aSession()
    const turn = (await table.say(leader, id, '/roll 3')).data.gmSay.turn
    const first = await table.run(turn.id, 'roll_dice', { dice: 5, target_number: 4 }, 'one')
    const again = await table.run(turn.id, 'roll_dice', { dice: 5, target_number: 4 }, 'one')
    expect(again.data).toEqual(first.data)
    expect(kindsOf(await table.events(leader, id), turn.id).filter((kind) => kind === 'ROLL')).toHaveLength(1)
  })

  it('[TAB24] names the trace that it was sent with in each of its events', async () => {
    const { id } = await aSession()
    const traceId = randomUUID()
    const turn = (await table.say(leader, id, 'hello', { traceId })).data.gmSay.turn
    await ended(turn.id)
    const events = (await table.events(leader, id)).filter(({ turnId }) => turnId === turn.id)
    expect(new Set(events.map((event) => event.traceId))).toEqual(new Set([traceId]))
    expect((await table.say(leader, id, 'hello', { traceId: 'mine' })).code).toBe('BAD_USER_INPUT')
  })
})

describe('dice', () => {
  it('[TAB25] follow from a secret that was committed to before the turn', async () => {
    const { id } = await aSession()
    const before = (await table.events(leader, id)).find(({ payload }) => 'commitment' in payload)!
    const turn = (await table.say(leader, id, '/roll 8 tn5')).data.gmSay.turn
    await table.run(turn.id, 'roll_dice', { dice: 8, target_number: 5 })
    const gmRoll =
      'query ($id: ID!, $roll: ID!) { gmRoll(sessionId: $id, id: $roll) { secret verification { isValid } } }'
    const variables = { id, roll: `${turn.id}.1` }
    const open = await table.ask<{ gmRoll: { secret: string | null } }>(leader, gmRoll, variables)
    expect(open.data.gmRoll).toEqual({ secret: null, verification: null })
    await ended(turn.id)

    const events = await table.events(leader, id)
    const roll = events.find(({ kind }) => kind === 'ROLL')!.payload['roll'] as never
    const { secret, nextCommitment } = events.at(-1)!.payload as { secret: string; nextCommitment: string }
    expect(verifyRoll(roll, secret, before.payload['commitment'] as string)).toEqual({ isValid: true })
    const shown = await table.ask(leader, gmRoll, variables)
    expect(shown.data).toEqual({ gmRoll: { secret, verification: { isValid: true } } })

    const next = (await table.say(leader, id, 'on')).data.gmSay.turn
    const begun = (await table.events(leader, id)).find(({ turnId }) => turnId === next.id)!
    expect(begun.payload['commitment']).toBe(nextCommitment)
  })
})

describe('a session', () => {
  it('[TAB26] lets players speak, spectators watch, and is unknown to others', async () => {
    const { id } = await aSession()
    expect((await table.say(spectator, id, 'hello')).code).toBe('FORBIDDEN')
    expect((await table.say(stranger, id, 'hello')).code).toBe('NOT_FOUND')
    expect((await table.ask(stranger, `{ gmSession(id: "${id}") { title } }`)).code).toBe('NOT_FOUND')
    await expect(table.follow(stranger, id, '0')).rejects.toMatchObject({ extensions: { code: 'NOT_FOUND' } })
    expect((await table.events(spectator, id)).length).toBeGreaterThan(0)
    expect((await table.say(player, id, 'hello')).code).toBeNull()
  })

  it('[TAB27] lets a player act for their own characters alone, and the game master for all', async () => {
    const { id, characters } = await aSession()
    const own = characters.find(({ isOpponent }) => !isOpponent)!
    const opponent = characters.find(({ isOpponent }) => isOpponent)!
    expect((await table.say(player, id, 'hello', { characterId: own.id })).code).toBe('FORBIDDEN')
    const take = `mutation ($id: ID!, $character: ID!) {
      takeGmCharacter(input: { sessionId: $id, characterId: $character }) { character { isYours } } }`
    expect((await table.ask(player, take, { id, character: opponent.id })).code).toBe('FORBIDDEN')
    expect((await table.ask(player, take, { id, character: own.id })).data).toEqual({
      takeGmCharacter: { character: { isYours: true } },
    })
    const turn = (await table.say(player, id, '/shoot', { characterId: own.id })).data.gmSay.turn
    expect(turn.character).toBe(own.name)
    const given = { attacker: opponent.name, target: own.name }
    const refused = await table.run(turn.id, 'calculate_ranged_attack', given)
    expect(refused.data.runGmTool).toMatchObject({ ok: false, error: 'attacker: somebody else plays this character' })
  })

  it('[TAB28] sends its events after an id in order and each once, then those that come', async () => {
    const { id } = await aSession()
    const before = await table.events(player, id)
    const stream = await table.follow(player, id, before[0]!.id)
    const received = [await stream.next()]
    const turn = (await table.say(leader, id, 'hello')).data.gmSay.turn
    await ended(turn.id)
    const all = (await table.events(player, id)).slice(1)
    while (received.length < all.length) received.push(await stream.next())
    await stream.end()
    expect(received).toEqual(all)
  })

  it('[TAB29] stores what an attack changes with its rolls, and shows opponents to the game master alone', async () => {
    const { id } = await aSession()
    const turn = (await table.say(leader, id, '/shoot Ganger')).data.gmSay.turn
    const shot = await table.run(turn.id, 'calculate_ranged_attack', { target: 'Razor', metres: 5, combat_pool: 2 })
    const { result } = shot.data.runGmTool
    const characters = 'query ($id: ID!) { gmSession(id: $id) { characters { name physical stun sheet state } } }'
    interface Shown {
      gmSession: { characters: { name: string; physical: number; sheet: unknown; state: { ammo: object } | null }[] }
    }
    const seen = (await table.ask<Shown>(leader, characters, { id })).data.gmSession.characters
    expect(seen.find(({ name }) => name === 'Ganger')!.physical).toBe(result!['boxes'])
    expect(seen[0]!.state!.ammo).toMatchObject({ 'Ares Predator': 14 })
    const byPlayer = (await table.ask<Shown>(player, characters, { id })).data.gmSession.characters
    expect(byPlayer.find(({ name }) => name === 'Ganger')).toMatchObject({ sheet: null, state: null })
    expect(result!['tn_parts']).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'smartlink' })]))
  })
})
