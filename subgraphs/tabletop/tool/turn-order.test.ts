import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { InitiativeTracker } from '../rules/initiative.ts'
import { aTable } from '../testing/table.ts'

const CHANGE = `mutation ($input: ChangeGmInitiativeInput!) { changeGmInitiative(input: $input) {
  initiative { acting } } }`
const NEXT = `mutation ($input: GmAdvanceInitiativeInput!) { gmAdvanceInitiative(input: $input) {
  initiative { acting } } }`
const ORDER = `query ($id: ID!) { gmSession(id: $id) { initiative { acting combatants {
  name isDelayed injury simpleActionsLeft } }
  characters { name physical stun } } }`

interface Order {
  acting: string[]
  combatants: { name: string; isDelayed: boolean; injury: number; simpleActionsLeft: number | null }[]
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

/** A fight in which the samurai of a player acts before the mage, and she before the ganger. */
async function aFight() {
  const { id, characters } = await table.game(leader, player, 'Mara')
  const change = (kind: string, characterId?: string) =>
    table.ask(leader, CHANGE, { input: { sessionId: id, change: kind, characterId } })
  await change('BEGIN')
  // One action each.
  const initiatives = [10, 7, 4]
  const { rows } = await table.pool.query<{ initiative: InitiativeTracker }>(
    'select initiative from gm_sessions where id = $1',
    [id],
  )
  const combatants = rows[0]!.initiative.combatants.map((one) => {
    const nth = characters.findIndex(({ name }) => name === one.name)
    return { ...one, adjustedReaction: initiatives[nth]! - 1, roll: { ...one.roll, result: 1 } }
  })
  await table.pool.query('update gm_sessions set initiative = $2 where id = $1', [
    id,
    JSON.stringify({ ...rows[0]!.initiative, combatants }),
  ])
  const next = () => table.ask(leader, NEXT, { input: { sessionId: id } })
  const stored = async () =>
    (await table.ask<{ gmSession: { initiative: Order } }>(leader, ORDER, { id })).data.gmSession
  /** A call in a turn of its own. */
  const run = async (viewer: Viewer, tool: string, given: object) => {
    const turn = (await table.say(viewer, id, 'go')).data.gmSay.turn.id
    const { data } = await table.run(turn, tool, given)
    await table.report(turn, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
    return data.runGmTool
  }
  const [samurai, mage, ganger] = characters.map((one) => one.name)
  return { id, characters, change, next, stored, run, names: { samurai, mage, ganger } }
}

const SHOT = { target: 'Razor', metres: 3 }

describe('while the turn order of a fight runs', () => {
  it('[TAB76] attacks and spells of others than who acts are refused, naming who acts and the way out', async () => {
    const { next, run, names } = await aFight()
    expect((await run(player, 'calculate_ranged_attack', SHOT)).error).toContain('nobody acts yet: /next begins')
    await next()
    expect((await run(player, 'calculate_ranged_attack', SHOT)).ok).toBe(true)
    await next()
    for (const [tool, given] of [
      ['calculate_ranged_attack', SHOT],
      ['melee_attack', { target: 'Razor' }],
    ] as const) {
      const { ok, error } = await run(player, tool, given)
      expect(ok).toBe(false)
      expect(error).toContain(`${names.samurai} cannot act: it is not its turn. ${names.mage} acts now.`)
      expect(error).toContain('out_of_turn')
    }
    await next()
    const cast = { caster: 'Candle', spell: 'Mana Bolt', target: 'Razor' }
    expect((await run(leader, 'cast_spell', cast)).error).toContain('cannot act')
  })

  it('[TAB76] the game master, and nobody else, lets others act out of turn', async () => {
    const { next, run } = await aFight()
    await next()
    await next()
    const refused = await run(player, 'calculate_ranged_attack', { ...SHOT, out_of_turn: true })
    expect(refused.error).toContain('only the game master')
    const given = { ...SHOT, attacker: 'Switchback' }
    expect((await run(leader, 'calculate_ranged_attack', given)).ok).toBe(false)
    expect((await run(leader, 'calculate_ranged_attack', { ...given, out_of_turn: true })).ok).toBe(true)
  })

  it('[TAB76] who waits with an action takes it once, in addition to those who act, and its wounds change the order', async () => {
    const { characters, change, next, run, stored, names } = await aFight()
    await next()
    await change('DELAY', characters[0]!.id)
    await next()
    await table.pool.query(`update gm_characters set state = jsonb_set(state, '{stun}', '3') where id = $1`, [
      characters[2]!.id,
    ])
    expect((await run(player, 'calculate_ranged_attack', SHOT)).ok).toBe(true)
    const { initiative } = await stored()
    expect(initiative.acting).toEqual([names.samurai, names.mage]) // who acted keeps the action
    expect(initiative.combatants.some(({ isDelayed }) => isDelayed)).toBe(false)
    expect(initiative.combatants.find(({ name }) => name === names.ganger)!.injury).toBeGreaterThan(0)
  })

  it('[TAB76] tests, dropped spells and shots that are only considered need no turn, and defence is no action', async () => {
    const { next, run } = await aFight()
    await next()
    await next()
    expect((await run(player, 'roll_dice', { dice: 6, target_number: 4, purpose: 'soak' })).ok).toBe(true)
    const considered = { ...SHOT, only_target_number: true }
    expect((await run(player, 'calculate_ranged_attack', considered)).ok).toBe(true)
    // The mage acts, and the samurai defends itself.
    const struck = await run(leader, 'melee_attack', { attacker: 'Candle', target: 'Switchback' })
    expect(struck.ok).toBe(true)
  })

  it('[TAB76] who is not in the fight acts only where the game master allows it', async () => {
    const { characters, change, next, run } = await aFight()
    await next()
    await change('REMOVE', characters[0]!.id)
    expect((await run(player, 'calculate_ranged_attack', SHOT)).error).toContain('it is not in this fight')
    await change('END')
    expect((await run(player, 'calculate_ranged_attack', SHOT)).ok).toBe(true)
  })

  it('[TAB87] an action has room for two Simple Actions or a Complex one; what is too much names the way out', async () => {
    const { next, run, names } = await aFight()
    await next()
    const shoot = (more = {}) => run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA', ...more })
    expect((await shoot()).ok).toBe(true)
    const blow = await run(player, 'melee_attack', { target: 'Razor' })
    expect(blow.error).toContain(`${names.samurai}: 1 Simple Action is left. An exchange of blows is a Complex Action.`)
    expect((await shoot()).ok).toBe(true)
    const third = await shoot()
    expect(third.error).toContain('nothing of its action is left. A semi-automatic shot is a Simple Action.')
    expect(third.error).toContain('/next')
    expect((await shoot({ out_of_turn: true })).error).toContain('only the game master')
    const allowed = { ...SHOT, attacker: 'Switchback', mode: 'SA', out_of_turn: true }
    expect((await run(leader, 'calculate_ranged_attack', allowed)).ok).toBe(true)
    await next()
    const spell = { caster: 'Candle', spell: 'Stun Bolt', target: 'Razor' }
    expect((await run(leader, 'cast_spell', spell)).ok).toBe(true)
    expect((await run(leader, 'cast_spell', spell)).error).toContain('A spell is a Complex Action')
  })

  it('[TAB87] who used a part of an action and waits with the rest gets no new one', async () => {
    const { characters, change, next, run } = await aFight()
    await next()
    const shoot = () => run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA' })
    expect((await shoot()).ok).toBe(true)
    await change('DELAY', characters[0]!.id)
    await next()
    expect((await shoot()).ok).toBe(true)
    expect((await shoot()).error).toContain('nothing of its action is left')
  })

  it('[TAB92] everybody sees what is left of an action, of who acts and of who waits', async () => {
    const { characters, change, next, run, stored } = await aFight()
    const left = async () => (await stored()).initiative.combatants.map((one) => one.simpleActionsLeft)
    expect(await left()).toEqual([null, null, null])
    await next()
    expect(await left()).toEqual([2, null, null])
    await run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA' })
    expect(await left()).toEqual([1, null, null])
    await change('DELAY', characters[0]!.id)
    await next()
    expect(await left()).toEqual([1, 2, null])
    await run(leader, 'cast_spell', { caster: 'Candle', spell: 'Stun Bolt', target: 'Razor' })
    expect(await left()).toEqual([1, 0, null])
  })

  it('[TAB87] a turn order from before actions were counted is played on', async () => {
    const { id, next, run } = await aFight()
    await next()
    await table.pool.query(
      `update gm_sessions set initiative = jsonb_set(initiative::jsonb, '{combatants}', (
         select jsonb_agg(one - 'simpleActionsUsed') from jsonb_array_elements(initiative::jsonb -> 'combatants') one))
       where id = $1`,
      [id],
    )
    for (const ok of [true, true, false])
      expect((await run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA' })).ok).toBe(ok)
  })

  it('[TAB96] a second shot of an action has the recoil of the first, and a second target counts', async () => {
    const { next, run } = await aFight()
    await next()
    const parts = async (given: object) => {
      const { result } = await run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA', ...given })
      const shot = result as unknown as { tn_parts: { name: string; value: number }[] }
      return Object.fromEntries(shot.tn_parts.map(({ name, value }) => [name, value]))
    }
    expect(Object.keys(await parts({}))).not.toContain('recoil: earlier rounds')
    const considered = await parts({ only_target_number: true })
    expect(considered).toMatchObject({ 'recoil: earlier rounds': 1 })
    expect(Object.keys(considered)).not.toContain('extra targets')
    expect(await parts({ target: 'Candle', only_target_number: true })).toMatchObject({ 'extra targets': 2 })
    // What somebody names counts instead.
    expect(await parts({ only_target_number: true, earlier_rounds: 3 })).toMatchObject({ 'recoil: earlier rounds': 3 })
    expect(await parts({})).toMatchObject({ 'recoil: earlier rounds': 1 })
  })

  it('[TAB96] the rest of an action has the recoil of its beginning, after waiting as well', async () => {
    const { characters, change, next, run } = await aFight()
    await next()
    const shoot = async () => {
      const { result } = await run(player, 'calculate_ranged_attack', { ...SHOT, mode: 'SA' })
      return (result as unknown as { tn_parts: { name: string }[] }).tn_parts.map(({ name }) => name)
    }
    expect(await shoot()).not.toContain('recoil: earlier rounds')
    await change('DELAY', characters[0]!.id)
    await next()
    expect(await shoot()).toContain('recoil: earlier rounds')
  })

  it('[TAB83] nobody but the game master lets all roll again', async () => {
    const { next, run, stored, names } = await aFight()
    await next()
    await next()
    const refused = await run(player, 'roll_initiative', {})
    expect(refused.error).toContain('a fight is under way: only the game master')
    expect((await stored()).initiative.acting).toEqual([names.mage])
    expect((await run(leader, 'roll_initiative', {})).ok).toBe(true)
  })

  it('[TAB83] who cannot act begins no fight, and the dead roll no more in one', async () => {
    const { id, change, run, names } = await aFight()
    const wound = (name: string | undefined, boxes: number) =>
      table.pool.query(
        `update gm_characters set state = jsonb_set(state, '{physical}', to_jsonb($3::int))
         where session_id = $1 and name = $2`,
        [id, name, boxes],
      )
    const rollers = async () => {
      const { rows } = await table.pool.query<{ initiative: InitiativeTracker }>(
        'select initiative from gm_sessions where id = $1',
        [id],
      )
      return rows[0]!.initiative.combatants.map(({ name }) => name).sort()
    }
    await wound(names.ganger, 10)
    await run(leader, 'roll_initiative', {})
    expect(await rollers()).toContain(names.ganger) // it lost consciousness in this fight
    await wound(names.ganger, 30)
    await run(leader, 'roll_initiative', {})
    expect(await rollers()).toEqual([names.samurai, names.mage].sort())
    await change('END')
    await wound(names.ganger, 10)
    await run(leader, 'roll_initiative', {})
    expect(await rollers()).toEqual([names.samurai, names.mage].sort())
    for (const name of Object.values(names)) await wound(name, 30)
    await change('END')
    expect((await run(leader, 'roll_initiative', {})).error).toContain('nobody in this session can act')
  })

  it('[TAB83] Karma returns as it begins, whether by a tool or not, and not as all roll again', async () => {
    const { id, change, run } = await aFight()
    await change('END')
    const spent = async (karma?: number) => {
      if (karma !== undefined)
        await table.pool.query(
          `update gm_characters set state = jsonb_set(state, '{poolsSpent,karma}', to_jsonb($2::int))
           where session_id = $1`,
          [id, karma],
        )
      const { rows } = await table.pool.query<{ spent: number }>(
        `select (state -> 'poolsSpent' ->> 'karma')::int as spent from gm_characters where session_id = $1`,
        [id],
      )
      return rows.map((row) => row.spent)
    }
    expect(await spent(2)).toEqual([2, 2, 2])
    expect((await run(player, 'roll_initiative', {})).ok).toBe(true)
    expect(await spent()).toEqual([0, 0, 0])
    await spent(1)
    await run(leader, 'roll_initiative', {})
    expect(await spent()).toEqual([1, 1, 1])
  })
})
