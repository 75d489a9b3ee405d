import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'

const COMMIT = `mutation ($input: GmCommitPoolInput!) { gmCommitPool(input: $input) {
  character { pools { pool size left committed } } } }`
const POOLS = `query ($id: ID!) { gmSession(id: $id) { characters { name pools { pool left committed } } } }`

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

/** A session with a player, and the ids of its characters by their first names. */
const aSession = () => table.game(leader, player)
const commit = (viewer: Viewer, sessionId: string, characterId: string, pool: string, dice: number) =>
  table.ask<{ gmCommitPool: { character: { pools: object[] } } }>(viewer, COMMIT, {
    input: { sessionId, characterId, pool, dice },
  })
const poolsOf = async (id: string, name: string, viewer = leader) => {
  const { data } = await table.ask<{
    gmSession: { characters: { name: string; pools: { pool: string; left: number; committed: number }[] | null }[] }
  }>(viewer, POOLS, { id })
  return data.gmSession.characters.find((one) => one.name.startsWith(name))!.pools
}

describe('pool dice', () => {
  it('[TAB50] that were set aside go to the next test of the character, and are spent then', async () => {
    const { id, idOf } = await aSession()
    const { data } = await commit(leader, id, idOf('Mara'), 'COMBAT', 3)
    expect(data.gmCommitPool.character.pools).toEqual([
      { pool: 'COMBAT', size: 8, left: 8, committed: 3 },
      { pool: 'KARMA', size: 2, left: 2, committed: 0 },
    ])
    await commit(leader, id, idOf('Mara'), 'KARMA', 1)
    const turn = (await table.say(leader, id, 'shoot', { characterId: idOf('Mara') })).data.gmSay.turn.id
    const shot = await table.run(turn, 'calculate_ranged_attack', { target: 'Razor', metres: 5 })
    expect(shot.data.runGmTool.result).toMatchObject({ dice: 10, combat_pool: 3 }) // 6 of the skill, 3 and 1
    expect(await poolsOf(id, 'Mara')).toEqual([
      { pool: 'COMBAT', left: 5, committed: 0 },
      { pool: 'KARMA', left: 1, committed: 0 },
    ])
  })

  it('[TAB50] add to a roll, to the resistance of a target and to a spell as well', async () => {
    const { id, idOf } = await aSession()
    await commit(leader, id, idOf('Mara'), 'COMBAT', 4)
    await commit(leader, id, idOf('Tobias'), 'MAGIC', 5)
    await commit(leader, id, idOf('Ganger'), 'COMBAT', 2)
    const turn = (await table.say(leader, id, 'go', { characterId: idOf('Mara') })).data.gmSay.turn.id
    const roll = await table.run(turn, 'roll_dice', { dice: 3, target_number: 4 })
    expect(roll.data.runGmTool.result).toMatchObject({ dice: 6 }) // at most as many as the test has
    const rolled = (await table.events(leader, id)).find(({ kind }) => kind === 'ROLL')!
    expect(rolled.payload['purpose']).toBe('test, 3 of the combat pool')
    let hit = await table.run(turn, 'calculate_ranged_attack', { attacker: 'Mara Voss', target: 'Razor', metres: 3 })
    while (hit.data.runGmTool.result!['outcome'] === 'miss')
      hit = await table.run(turn, 'calculate_ranged_attack', { attacker: 'Mara Voss', target: 'Razor', metres: 3 })
    expect(await poolsOf(id, 'Ganger')).toEqual([{ pool: 'COMBAT', left: 1, committed: 0 }])
    const cast = await table.run(turn, 'cast_spell', { caster: 'Candle', spell: 'Mana Bolt', target: 'Razor' })
    expect(cast.data.runGmTool.result).toMatchObject({ dice: 10, magic_pool: 5 })
  })

  it('[TAB50] of the Karma Pool count for the blows of both sides, and are spent then', async () => {
    const { id, idOf } = await aSession()
    await table.pool.query(`update gm_characters set sheet = jsonb_set(sheet, '{karmaEarned}', '30')`)
    await commit(leader, id, idOf('Mara'), 'KARMA', 2)
    await commit(leader, id, idOf('Ganger'), 'KARMA', 1)
    const turn = (await table.say(leader, id, 'go', { characterId: idOf('Mara') })).data.gmSay.turn.id
    const blow = await table.run(turn, 'melee_attack', { target: 'Razor', combat_pool: 1 })
    expect(blow.data.runGmTool.result).toMatchObject({ attack: { dice: 7 }, defence: { dice: 5 } })
    expect(await poolsOf(id, 'Mara')).toContainEqual({ pool: 'KARMA', left: 1, committed: 0 })
    expect(await poolsOf(id, 'Ganger')).toContainEqual({ pool: 'KARMA', left: 2, committed: 0 })
  })

  it('[TAB50] of the Combat Pool resist a blow for the side that loses the exchange', async () => {
    const { id, idOf } = await aSession()
    const turn = (await table.say(leader, id, 'go', { characterId: idOf('Mara') })).data.gmSay.turn.id
    const given = { attacker: 'Mara Voss', target: 'Candle', resistance_pool: 4, target_resistance_pool: 5 }
    const strike = async () => (await table.run(turn, 'melee_attack', given)).data.runGmTool.result
    let result = await strike()
    while (result!['loser'] === null) result = await strike()
    const [who, dice] = result!['loser'] === 'Mara Voss' ? ['Mara', 4] : ['Tobias', 5]
    const rolled = (await table.events(leader, id)).filter(({ kind }) => kind === 'ROLL').at(-1)!
    expect(rolled.payload).toMatchObject({ purpose: `${String(result!['loser'])} resists with Combat Pool` })
    expect(rolled.payload['roll']).toMatchObject({ dice })
    expect(await poolsOf(id, who!)).toContainEqual({ pool: 'COMBAT', left: 8 - dice, committed: 0 })
  })

  it('[TAB51] beyond what the rules allow are refused with what is left', async () => {
    const { id, idOf } = await aSession()
    const answer = await commit(leader, id, idOf('Mara'), 'COMBAT', 9)
    expect(answer).toMatchObject({ code: 'BAD_USER_INPUT', message: 'combat pool: 8 of 8 dice are left' })
    expect((await commit(leader, id, idOf('Mara'), 'MAGIC', 1)).message).toContain('has none')
    expect((await commit(leader, id, idOf('Mara'), 'COMBAT', -1)).code).toBe('BAD_USER_INPUT')
    await table.pool.query("update gm_characters set state = jsonb_set(state, '{stun}', '10') where session_id = $1", [
      id,
    ])
    expect((await commit(leader, id, idOf('Mara'), 'COMBAT', 1)).message).toContain('unconscious')
    expect((await poolsOf(id, 'Mara'))!.every(({ committed }) => committed === 0)).toBe(true)
  })

  it('[TAB51] are set aside by who may act for the character alone, and those of opponents are not shown', async () => {
    const { id, idOf } = await aSession()
    expect((await commit(player, id, idOf('Mara'), 'COMBAT', 1)).code).toBe('FORBIDDEN')
    await commit(leader, id, idOf('Ganger'), 'COMBAT', 1)
    expect(await poolsOf(id, 'Ganger', player)).toBeNull()
    expect(JSON.stringify(await table.events(player, id))).not.toContain('sets 1')
    expect(JSON.stringify(await table.events(leader, id))).toContain('Ganger sets 1 combat dice aside.')
  })
})
