import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { CharacterState } from '../rules/state.ts'
import type { Roll } from '../rules/roll.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { aTable } from '../testing/table.ts'

const UNDO = 'mutation ($input: UndoGmChangeInput!) { undoGmChange(input: $input) { undone } }'
const TABLE = `query ($id: ID!) { gmSession(id: $id) { characters { id name sheet state }
  initiative { turn acting combatants { name initiative actionsTaken } } } }`
const LOG = `query ($sessionId: ID!, $format: GmDiceLogFormat!, $first: Int!, $after: String) {
  gmDiceLog(sessionId: $sessionId, format: $format, first: $first, after: $after) {
    text rollCount endCursor hasNextPage } }`
const RECAP = `query ($sessionId: ID!, $since: DateTime!) { gmRecap(sessionId: $sessionId, since: $since) {
  turnCount isComplete lines { kind text } } }`
const STATE = `mutation ($input: ChangeGmStateInput!) { changeGmState(input: $input) { character { id } } }`
const ORDER = `mutation ($input: ChangeGmInitiativeInput!) { changeGmInitiative(input: $input) {
  initiative { turn } } }`
const SECRET = `mutation ($input: RollGmSecretlyInput!) { rollGmSecretly(input: $input) { roll { id } } }`

interface Shown {
  characters: { id: string; name: string; state: CharacterState }[]
  initiative: object | null
}
interface Page {
  text: string
  rollCount: number
  endCursor: string | null
  hasNextPage: boolean
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

const aSession = () => table.game(leader, player)
const shown = async (id: string) => (await table.ask<{ gmSession: Shown }>(leader, TABLE, { id })).data.gmSession
const undo = (sessionId: string, viewer = leader) =>
  table.ask<{ undoGmChange: { undone: string[] } }>(viewer, UNDO, { input: { sessionId } })
const log = async (viewer: Viewer, sessionId: string, format = 'JSONL', first = 1_000, after: string | null = null) =>
  (await table.ask<{ gmDiceLog: Page }>(viewer, LOG, { sessionId, format, first, after })).data.gmDiceLog

/** A turn in which Mara Voss shoots twice. */
async function shoot(id: string, character: string): Promise<string> {
  const turn = (await table.say(leader, id, 'two shots', { characterId: character })).data.gmSay.turn.id
  for (const callId of ['one', 'two'])
    await table.run(turn, 'calculate_ranged_attack', { target: 'Razor', metres: 3, combat_pool: 2 }, callId)
  return turn
}
const end = (turn: string) => table.report(turn, { number: 1, kind: 'COMPLETE', content: 'Response complete' })

describe('undo', () => {
  it('[TAB59] takes back everything that the last turn changed, says so, and keeps its dice', async () => {
    const { id, idOf } = await aSession()
    await table.ask(leader, ORDER, { input: { sessionId: id, change: 'BEGIN' } })
    const before = await shown(id)
    const turn = await shoot(id, idOf('Mara'))
    expect((await undo(id)).code).toBe('SESSION_BUSY')
    await end(turn)
    const dice = (await log(leader, id)).text
    expect(await shown(id)).not.toEqual(before)
    expect((await undo(id, player)).code).toBe('FORBIDDEN')
    const { data } = await undo(id)
    expect(data.undoGmChange.undone).toEqual(['Ranged attack: Mara Voss', 'Ranged attack: Mara Voss'])
    expect(await shown(id)).toEqual(before)
    expect((await log(leader, id)).text).toBe(dice)
    expect((await table.events(player, id)).at(-1)).toMatchObject({
      kind: 'UNDO',
      payload: { undoneTurnId: turn, undone: ['Ranged attack: Mara Voss', 'Ranged attack: Mara Voss'] },
    })
  })

  it('[TAB59] goes back change by change, over turn orders and states, until nothing is left', async () => {
    const { id, idOf } = await aSession()
    const states = [await shown(id)]
    await table.ask(leader, ORDER, { input: { sessionId: id, change: 'BEGIN' } })
    states.push(await shown(id))
    await table.ask(leader, STATE, { input: { sessionId: id, characterId: idOf('Mara'), physical: 6, nuyen: 5 } })
    states.push(await shown(id))
    await table.ask(leader, ORDER, { input: { sessionId: id, change: 'REMOVE', characterId: idOf('Ganger') } })
    for (const state of states.toReversed()) {
      expect((await undo(id)).code).toBeNull()
      expect(await shown(id)).toEqual(state)
    }
    expect((await undo(id)).message).toContain('nothing was changed')
  })

  it('[TAB59] goes back in order over what somebody changed during a turn', async () => {
    const { id, idOf } = await aSession()
    const character = idOf('Mara')
    const states = [await shown(id)]
    const turn = (await table.say(leader, id, 'two shots', { characterId: character })).data.gmSay.turn.id
    const shot = { target: 'Razor', metres: 3, combat_pool: 1 }
    await table.run(turn, 'calculate_ranged_attack', shot)
    states.push(await shown(id))
    await table.ask(leader, STATE, { input: { sessionId: id, characterId: character, nuyen: 5 } })
    states.push(await shown(id))
    await table.run(turn, 'calculate_ranged_attack', shot)
    await end(turn)
    for (const state of states.toReversed()) {
      await undo(id)
      expect(await shown(id)).toEqual(state)
    }
  })

  it('[TAB59] shows players nothing of what was done with an opponent', async () => {
    // Long: hashes hold any three digits now and then.
    const SUM = 98_765_432
    const { id, idOf } = await aSession()
    await table.ask(leader, STATE, { input: { sessionId: id, characterId: idOf('Ganger'), nuyen: SUM } })
    await undo(id)
    const seen = JSON.stringify(await table.events(player, id))
    expect(seen).toContain('a change of an opponent')
    expect(seen).not.toContain(String(SUM))
  })
})

describe('the dice log', () => {
  it('[TAB60] has every roll in order with what verifying it needs', async () => {
    const { id, idOf } = await aSession()
    await table.ask(leader, ORDER, { input: { sessionId: id, change: 'BEGIN' } })
    const turn = await shoot(id, idOf('Mara'))
    const open = (await log(player, id)).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { secret: string | null })
    expect(open.slice(0, 3).every(({ secret }) => secret !== null)).toBe(true)
    expect(open.slice(3).every(({ secret }) => secret === null)).toBe(true)
    await end(turn)
    const lines = (await log(player, id)).text.trim().split('\n')
    for (const line of lines) {
      const { secret, ...roll } = JSON.parse(line) as Roll & { secret: string }
      expect(verifyRoll(roll, secret, roll.commitment).isValid).toBe(true)
    }
    const rolled = (await table.events(player, id)).filter(({ kind }) => kind === 'ROLL')
    expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(
      rolled.map(({ payload }) => (payload['roll'] as Roll).rollId),
    )
  })

  it('[TAB60] comes in pages, as CSV too, where no cell is a formula', async () => {
    const { id } = await aSession()
    const turn = (await table.say(leader, id, 'go')).data.gmSay.turn.id
    for (const purpose of ['=cmd()', 'a, "quoted" one', 'plain'])
      await table.run(turn, 'roll_dice', { dice: 2, target_number: 4, purpose }, purpose)
    await end(turn)
    const first = await log(leader, id, 'CSV', 2)
    expect(first).toMatchObject({ rollCount: 2, hasNextPage: true })
    const [head, one, two] = first.text.split('\n')
    expect(head).toMatch(/^id,at,purpose,kind,dice,target_number,faces,/)
    expect(one).toContain(",'=cmd(),success,2,4,")
    expect(two).toContain(',"a, ""quoted"" one",')
    const next = await log(leader, id, 'CSV', 2, first.endCursor)
    expect(next).toMatchObject({ rollCount: 1, hasNextPage: false })
    expect(next.text).toContain(',plain,')
    const wrong = await table.ask(leader, LOG, { sessionId: id, format: 'CSV', first: 2, after: 'x' })
    expect(wrong.code).toBe('BAD_USER_INPUT')
  })

  it('[TAB56] and the recap show secret rolls to their roller and the game master alone', async () => {
    const { id } = await aSession()
    await table.ask(leader, SECRET, { input: { sessionId: id, dice: 3, purpose: 'the trap' } })
    const recap = async (viewer: Viewer) =>
      JSON.stringify(await table.ask(viewer, RECAP, { sessionId: id, since: '2026-01-01T00:00:00Z' }))
    expect((await log(leader, id)).text).toContain('the trap')
    expect((await log(player, id)).text).toBe('')
    expect(await recap(leader)).toContain('the trap')
    expect(await recap(player)).not.toContain('the trap')
  })
})

describe('a recap', () => {
  it('[TAB61] says what happened since a moment, in the words of events and no others', async () => {
    const { id, idOf } = await aSession()
    const before = await shoot(id, idOf('Mara'))
    await end(before)
    const since = new Date((await table.pool.query<{ at: string }>('select clock_timestamp() as at')).rows[0]!.at)
    const turn = (await table.say(leader, id, 'I knock', { characterId: idOf('Tobias') })).data.gmSay.turn.id
    await table.run(turn, 'roll_dice', { dice: 1, target_number: 4, purpose: 'the lock' })
    const pieces = ['The door ', 'opens.'].map((content, n) => ({ number: n + 1, kind: 'NARRATIVE', content }))
    await table.report(turn, ...pieces, { number: 3, kind: 'ERROR', content: 'It broke off.', code: 'X' })
    const { data } = await table.ask<{ gmRecap: { turnCount: number; isComplete: boolean; lines: object[] } }>(
      player,
      RECAP,
      { sessionId: id, since: new Date(since.getTime() + 1).toISOString() },
    )
    const rolled = (await table.events(player, id)).findLast(({ kind }) => kind === 'ROLL')!.payload['roll'] as Roll
    expect(data.gmRecap).toEqual({
      turnCount: 1,
      isComplete: true,
      lines: [
        { kind: 'PROCESSING', text: 'Tobias Renn: I knock' },
        { kind: 'ROLL', text: `the lock: 1 die against 4, ${rolled.successes ? '1 success' : '0 successes'}.` },
        { kind: 'NARRATIVE', text: 'The door opens.' },
        { kind: 'ERROR', text: 'It broke off.' },
      ],
    })
  })

  it('[TAB71] repeats no lie of a narration unmarked, and says how a turn ended', async () => {
    const { id, idOf } = await aSession()
    const turn = (await table.say(leader, id, 'I knock', { characterId: idOf('Tobias') })).data.gmSay.turn.id
    const lie = { number: 1, kind: 'NARRATIVE', content: 'You have 77 successes!' }
    await table.report(turn, lie, { number: 2, kind: 'COMPLETE', content: 'The answer broke off.' })
    const { data } = await table.ask<{ gmRecap: { lines: { text: string }[] } }>(player, RECAP, {
      ...{ sessionId: id, since: '2026-01-01T00:00:00Z' },
    })
    expect(data.gmRecap.lines.slice(-2).map(({ text }) => text)).toEqual([
      'You have 77 successes! (not rolled: 77)',
      'The answer broke off.',
    ])
  })
})
