import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'

const MARK = 'Mark of a sheet'
const SAVE = `mutation ($input: SaveGmSheetInput!) {
  saveGmSheet(input: $input) { character { id } problems { field message } } }`
const ROLL = `query ($sessionId: ID!, $id: ID!) {
  gmRoll(sessionId: $sessionId, id: $id) { parts { name } verification { isValid } } }`
const LOG = 'query ($sessionId: ID!) { gmDiceLog(sessionId: $sessionId, format: JSONL) { text } }'
const RANGED = {
  ...{ kind: 'ranged', name: `${MARK} rifle`, weaponClass: 'assault rifle', damage: '8M', modes: ['SA', 'FA'] },
  magazine: 17,
}
const SHEET = {
  ...{ name: 'Vesna', archetype: 'Guard', karmaEarned: 70, magic: 6 },
  attributes: { body: 3, quickness: 5, strength: 3, charisma: 3, intelligence: 3, willpower: 3 },
  skills: [{ name: 'Sorcery', rating: 4 }],
  weapons: [RANGED, { kind: 'melee', name: `${MARK} blade`, damage: '(STR)M', reach: 0 }],
  spells: [{ name: 'Mana Bolt', force: 4 }],
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

/** A session with an opponent that has something of everything, and a call in a turn of its own. */
async function aGame() {
  const { id } = await table.game(leader, player, 'Mara')
  const input = { sessionId: id, sheet: SHEET, isOpponent: true }
  const { data } = await table.ask<{ saveGmSheet: { problems: object[] } }>(leader, SAVE, { input })
  expect(data.saveGmSheet.problems).toEqual([])
  const run = async (viewer: Viewer, tool: string, given: object) => {
    const turn = (await table.say(viewer, id, 'go')).data.gmSay.turn.id
    const { data } = await table.run(turn, tool, given)
    await table.report(turn, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
    return data.runGmTool
  }
  const lastResult = async () => {
    const results = (await table.events(player, id)).filter(({ kind }) => kind === 'TOOL_RESULT')
    return results.at(-1)!.payload
  }
  return { id, run, lastResult }
}

describe('of an opponent that acts', () => {
  it.each([
    ['calculate_ranged_attack', { attacker: 'Vesna', target: 'Switchback', weapon: 'none' }, 'no such ranged weapon'],
    ['calculate_ranged_attack', { attacker: 'Vesna', target: 'Switchback', mode: 'BF' }, 'does not fire so'],
    ['melee_attack', { attacker: 'Vesna', target: 'Switchback', weapon: 'none' }, 'no such melee weapon'],
    ['cast_spell', { caster: 'Vesna', target: 'Switchback', spell: 'none' }, 'has not learned it'],
    ['cast_spell', { caster: 'Vesna', target: 'Switchback', spell: 'Mana Bolt', force: 9 }, 'not learned as high'],
    ['drop_spell', { caster: 'Vesna', spell: 'none' }, 'does not sustain it'],
  ])('[TAB82] a refusal by %s %j lists nothing of its sheet', async (tool, given, reason) => {
    const { run, lastResult } = await aGame()
    expect((await run(leader, tool, given)).ok).toBe(false)
    const { error } = await lastResult()
    expect(error).toContain(reason)
    expect(error).not.toMatch(/Mark of|Mana|SA|4| are: /)
  })

  it('[TAB82] a player learns no weapon by asking with which it defends itself', async () => {
    const { run } = await aGame()
    const refused = await run(player, 'melee_attack', { target: 'Vesna', target_weapon: 'none' })
    expect(refused.error).toContain('no such melee weapon')
    expect(refused.error).not.toContain('Mark of')
    const own = await run(player, 'melee_attack', { target: 'Vesna', weapon: 'none' })
    expect(own.error).toContain('there are: Sword')
  })

  it('[TAB82] the rounds, pools and Karma that are left are in no result', async () => {
    const { id, run, lastResult } = await aGame()
    const shot = { target: 'Switchback', combat_pool: 90, metres: 5 }
    expect((await run(leader, 'calculate_ranged_attack', { ...shot, attacker: 'Vesna' })).ok).toBe(true)
    const { result } = (await lastResult()) as { result: Record<string, unknown> }
    expect(result).not.toHaveProperty('rounds_left')
    expect(result['combat_pool_cut']).toBe('more were not there')
    const own = await run(leader, 'calculate_ranged_attack', { ...shot, target: 'Vesna', attacker: 'Switchback' })
    expect(own.result).toHaveProperty('rounds_left')
    await run(leader, 'roll_dice', { dice: 40, target_number: 6, character: 'Vesna' })
    expect((await run(leader, 'reroll_failures', { character: 'Vesna' })).result).not.toHaveProperty('karma_left')
    await table.pool.query(
      `update gm_characters set state = jsonb_set(state, '{poolsSpent,karma}', '6')
       where session_id = $1 and name = 'Vesna'`,
      [id],
    )
    await run(leader, 'reroll_failures', { character: 'Vesna' })
    expect(await lastResult()).toMatchObject({ ok: false, error: 'karma: there are too few dice left' })
  })

  it('[TAB88] what its dice and target numbers are made of is for the game master alone, and its rolls can be verified', async () => {
    const { id, run } = await aGame()
    const calls = [
      ['calculate_ranged_attack', { attacker: 'Vesna', target: 'Switchback', combat_pool: 2, metres: 5 }],
      ['calculate_ranged_attack', { attacker: 'Vesna', target: 'Switchback', only_target_number: true }],
      ['melee_attack', { attacker: 'Vesna', target: 'Switchback', combat_pool: 1 }],
      ['melee_attack', { attacker: 'Switchback', target: 'Vesna' }],
      ['cast_spell', { caster: 'Vesna', target: 'Switchback', spell: 'Mana Bolt', magic_pool: 1 }],
      ['roll_dice', { character: 'Vesna', dice: 4, target_number: 4 }],
      ['calculate_target_number', { character: 'Vesna' }],
    ] as const
    for (const [tool, given] of calls) {
      expect((await run(leader, tool, given)).error).toBeNull()
      // Whatever the dice did, both are able to go on.
      await table.pool.query(
        `update gm_characters set state = state::jsonb || '{"physical": 0, "stun": 0}' where session_id = $1`,
        [id],
      )
    }
    const events = await table.events(player, id)
    const hers = events.filter(({ kind, payload }) => kind === 'ROLL' && String(payload['purpose']).startsWith('Vesna'))
    expect(hers.length).toBeGreaterThan(4)
    for (const { payload } of hers) {
      expect(payload).toMatchObject({ parts: [] })
      expect(payload['purpose']).not.toMatch(/Body|Pool/)
      const { rollId } = (payload as { roll: { rollId: string } }).roll
      const rollOf = async (viewer: Viewer) => {
        const { data } = await table.ask<{ gmRoll: { parts: object[]; verification: object } }>(viewer, ROLL, {
          ...{ sessionId: id, id: rollId },
        })
        return data.gmRoll
      }
      expect(await rollOf(player)).toEqual({ parts: [], verification: { isValid: true } })
      if (!String(payload['purpose']).endsWith('test')) expect((await rollOf(leader)).parts).not.toEqual([])
    }
    const results = events.filter(({ kind }) => kind === 'TOOL_RESULT').map(({ payload }) => payload['result'])
    for (const result of results) {
      const own = result as { attacker?: string; attack?: object; defence?: object }
      const ofHers = own.attack ? (own.attacker === 'Vesna' ? own.attack : own.defence) : own
      expect(JSON.stringify(ofHers)).not.toMatch(/_parts|"parts"|"(combat|magic)_pool"/)
    }
    const logOf = async (viewer: Viewer) =>
      (await table.ask<{ gmDiceLog: { text: string } }>(viewer, LOG, { sessionId: id })).data.gmDiceLog.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { purpose: string; parts: object[] })
        .filter(({ purpose }) => purpose.startsWith('Vesna'))
    expect((await logOf(player)).flatMap(({ parts }) => parts)).toEqual([])
    expect((await logOf(leader)).flatMap(({ parts }) => parts)).not.toEqual([])
    const mine = events.filter(({ payload }) => String(payload['purpose']).startsWith('Mara Voss attacks'))
    expect(mine[0]!.payload['parts']).not.toEqual([])
  })
})
