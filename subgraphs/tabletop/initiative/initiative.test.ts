import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { commitmentOf } from '../rules/dice-source.ts'
import type { Roll } from '../rules/roll.ts'
import { aTable } from '../testing/table.ts'

interface Combatant {
  name: string
  characterId: string
  initiative: number
  injury: number
  actionsTaken: number
  isActing: boolean
  isDelayed: boolean
}
interface Order {
  turn: number
  phase: number | null
  acting: string[]
  next: string[]
  combatants: Combatant[]
}

const FIELDS = `{ turn phase acting next combatants {
  name characterId initiative injury actionsTaken isActing isDelayed } }`
const ADVANCE = `mutation ($input: GmAdvanceInitiativeInput!) { gmAdvanceInitiative(input: $input) {
  initiative ${FIELDS} } }`
const CHANGE = `mutation ($input: ChangeGmInitiativeInput!) { changeGmInitiative(input: $input) {
  initiative ${FIELDS} } }`
const STATE = `query ($id: ID!) { gmSession(id: $id) { initiative ${FIELDS} characters { id name state } } }`

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

const advance = async (sessionId: string, viewer = leader, reroll = true) => {
  const { data, code } = await table.ask<{ gmAdvanceInitiative: { initiative: Order } | null } | null>(
    viewer,
    ADVANCE,
    {
      input: { sessionId, reroll },
    },
  )
  return { code, order: data?.gmAdvanceInitiative?.initiative as Order }
}
const change = async (sessionId: string, how: string, characterId: string | null = null, viewer = leader) => {
  const { data, code, message } = await table.ask<{ changeGmInitiative: { initiative: Order } | null } | null>(
    viewer,
    CHANGE,
    { input: { sessionId, change: how, characterId } },
  )
  return { code, message, order: data?.changeGmInitiative?.initiative as Order }
}
const stored = async (id: string) =>
  (
    await table.ask<{
      gmSession: {
        initiative: Order | null
        characters: { id: string; name: string; state: { poolsSpent: { combat: number } } }[]
      }
    }>(leader, STATE, { id })
  ).data.gmSession
const steps = async (id: string) =>
  (await table.events(leader, id)).filter(({ kind }) => kind === 'INITIATIVE').map(({ payload }) => payload['change'])

describe('the turn order of a fight', () => {
  it('[TAB45] goes from actor to actor, each ten phases after its last action, and is stored', async () => {
    const { id } = await table.session(leader)
    const begun = (await change(id, 'BEGIN')).order
    expect(begun).toMatchObject({ turn: 1, phase: null, acting: [] })
    const actions: string[] = []
    let advances = 0
    for (let order = begun; order.next.length; advances++) {
      order = (await advance(id)).order
      actions.push(...order.acting.map((name) => `${name} ${order.phase}`))
      expect((await stored(id)).initiative).toEqual(order)
    }
    const due = begun.combatants.flatMap(({ name, initiative }) =>
      Array.from({ length: Math.ceil(initiative / 10) }, (_, pass) => `${name} ${initiative - 10 * pass}`),
    )
    expect(actions.toSorted()).toEqual(due.toSorted())
    const phases = actions.map((action) => Number(action.split(' ').at(-1)))
    expect(phases).toEqual(phases.toSorted((a, b) => b - a))
    expect(await steps(id)).toEqual(['BEGUN', ...Array<string>(advances).fill('ACTS')])
  })

  it('[TAB45] begins a new turn when nobody has an action left, with new dice or the old order by choice', async () => {
    const { id } = await table.session(leader)
    let { order } = await change(id, 'BEGIN')
    const toTheEnd = async () => {
      while (order.next.length) order = (await advance(id)).order
    }
    const initiatives = () => order.combatants.map(({ name, initiative }) => `${name} ${initiative}`)
    const first = initiatives()
    await toTheEnd()
    order = (await advance(id, leader, false)).order
    expect(order.turn).toBe(2)
    expect(initiatives()).toEqual(first)
    const rolls = async () => (await table.events(leader, id)).filter(({ kind }) => kind === 'ROLL').length
    expect(await rolls()).toBe(3)
    await toTheEnd()
    order = (await advance(id)).order
    expect(order.turn).toBe(3)
    expect(await rolls()).toBe(6)
    expect((await steps(id)).filter((step) => step === 'NEW_TURN')).toHaveLength(2)
  })

  it('[TAB46] is rolled with dice that were committed to before', async () => {
    const { id } = await table.session(leader)
    await change(id, 'BEGIN')
    const events = await table.events(leader, id)
    const published = events[0]!.payload['commitment']
    const { commitment, secret, nextCommitment } = events.at(-1)!.payload as Record<string, string>
    expect(commitment).toBe(published)
    const rolls = events.filter(({ kind }) => kind === 'ROLL').map(({ payload }) => payload['roll'] as Roll)
    expect(rolls.map(({ rollId }) => rollId.split('.')[1])).toEqual(['1', '2', '3'])
    expect(commitmentOf(rolls[0]!.rollId.split('.')[0]!, secret!)).toBe(published)
    for (const roll of rolls) expect(verifyRoll(roll, secret!, commitment!).isValid).toBe(true)
    const turn = (await table.say(leader, id, '/roll 1')).data.gmSay.turn.id
    expect((await table.events(leader, id)).at(-1)!.payload['commitment']).toBe(nextCommitment)
    const busy = await change(id, 'ADD', (await stored(id)).characters[0]!.id)
    expect(busy.code).toBe('SESSION_BUSY') // the next dice are those of the turn
    await table.report(turn, { number: 1, kind: 'COMPLETE', content: '' })
  })

  it('[TAB47] lets somebody join or leave without a new roll of the others', async () => {
    const { id, characters } = await table.session(leader)
    const ganger = characters.find(({ isOpponent }) => isOpponent)!
    const before = (await change(id, 'BEGIN')).order
    const others = (order: Order) =>
      order.combatants.filter(({ name }) => name !== ganger.name).map(({ name, initiative }) => [name, initiative])
    const without = (await change(id, 'REMOVE', ganger.id)).order
    expect(without.combatants).toHaveLength(2)
    expect(others(without)).toEqual(others(before))
    const again = (await change(id, 'ADD', ganger.id)).order
    expect(again.combatants).toHaveLength(3)
    expect(others(again)).toEqual(others(before))
    await table.ask(
      leader,
      `mutation ($input: RemoveGmCharacterInput!) {
      removeGmCharacter(input: $input) { removedCharacterId } }`,
      { input: { sessionId: id, character: ganger.name } },
    )
    expect((await stored(id)).initiative!.combatants).toHaveLength(2)
    expect((await change(id, 'END')).order).toBeNull()
    expect((await stored(id)).initiative).toBeNull()
  })

  it('[TAB48] refreshes pools when the action of their character begins, and not before', async () => {
    const { id } = await table.session(leader)
    await change(id, 'BEGIN')
    await table.pool.query(
      `update gm_characters set state = jsonb_set(state, '{poolsSpent,combat}', '2') where session_id = $1`,
      [id],
    )
    const { order } = await advance(id)
    for (const { name, state } of (await stored(id)).characters)
      expect(state.poolsSpent.combat, name).toBe(order.acting.includes(name) ? 0 : 2)
  })

  it('[TAB49] keeps a delayed action until it is taken, by who plays the character or the game master', async () => {
    const { id, characters } = await table.session(leader)
    await table.join(leader, id, player)
    const mine = characters.find(({ name }) => name === 'Tobias Renn')!
    await table.ask(
      player,
      'mutation ($input: TakeGmCharacterInput!) { takeGmCharacter(input: $input) { character { id } } }',
      {
        input: { sessionId: id, characterId: mine.id },
      },
    )
    await change(id, 'BEGIN')
    expect((await change(id, 'DELAY', mine.id, player)).message).toContain('does not act now')
    let { order } = await advance(id)
    while (!order.acting.includes(mine.name)) order = (await advance(id)).order
    const other = characters.find(({ name }) => name === 'Mara Voss')!
    expect((await change(id, 'DELAY', other.id, player)).code).toBe('FORBIDDEN')
    expect((await change(id, 'ADD', other.id, player)).code).toBe('FORBIDDEN')
    const waiting = (await change(id, 'DELAY', mine.id, player)).order
    expect(waiting.combatants.find(({ name }) => name === mine.name)).toMatchObject({
      isDelayed: true,
      isActing: false,
    })
    expect((await advance(id, player)).code).toBe('FORBIDDEN')
    const acts = (await change(id, 'ACT', mine.id, player)).order
    expect(acts.acting).toEqual([mine.name])
    expect((await advance(id, player)).code).toBeNull()
  })
})
