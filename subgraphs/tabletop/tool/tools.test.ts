import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'

const table = aTable()
let leader: Viewer
beforeAll(async () => {
  leader = await table.person('leader')
})

/** A turn in a session of its own. */
async function aTurn() {
  const { id } = await table.session(leader)
  const { data } = await table.say(leader, id, 'go')
  return { id, turnId: data.gmSay.turn.id }
}
const kinds = async (id: string) => (await table.events(leader, id)).map(({ kind }) => kind)

describe('the tools', () => {
  it('[TAB30] count the dice of a skill alone, never with an attribute', async () => {
    const { turnId } = await aTurn()
    const both = { character: 'Switchback', skill: 'Firearms', attribute: 'quickness' }
    expect((await table.run(turnId, 'calculate_dice_pool', both)).data.runGmTool.ok).toBe(false)
    const pool = { character: 'Switchback', skill: 'Firearms', pool: 'combat', pool_dice: 20 }
    const { result } = (await table.run(turnId, 'calculate_dice_pool', pool)).data.runGmTool
    expect(result).toMatchObject({ dice: 12, pool: { asked: 20, used: 6 } }) // 6 of the skill, as many of the pool
  })

  it('[TAB31] cast a spell with its drain, and store both', async () => {
    const { id, turnId } = await aTurn()
    const cast = await table.run(turnId, 'cast_spell', { caster: 'Candle', spell: 'mana bolt', target: 'Razor' })
    expect(cast.data.runGmTool.result).toMatchObject({ spell: 'Mana Bolt', force: 5, final_tn: 2, dice: 5 })
    expect((await kinds(id)).filter((kind) => kind === 'ROLL').length).toBeGreaterThanOrEqual(2)
    const unknown = await table.run(turnId, 'cast_spell', { caster: 'Candle', spell: 'Fireball', target: 'Razor' })
    expect(unknown.data.runGmTool.error).toContain('learned are: Mana Bolt')
  })

  it('[TAB32] store the turn order, which injuries change at once', async () => {
    const { id, turnId } = await aTurn()
    const rolled = await table.run(turnId, 'roll_initiative', {})
    expect((rolled.data.runGmTool.result!['order'] as unknown[]).length).toBe(3)
    await table.pool.query("update gm_characters set state = jsonb_set(state, '{stun}', '3') where name = 'Ganger'")
    await table.run(turnId, 'calculate_ranged_attack', { attacker: 'Switchback', target: 'Razor', metres: 5 })
    const orders = (await table.events(leader, id)).filter(({ kind }) => kind === 'INITIATIVE')
    const injuries = orders.map(({ payload }) => {
      const { combatants } = payload['initiative'] as { combatants: { name: string; injury: number }[] }
      return combatants.find(({ name }) => name === 'Ganger')!.injury
    })
    expect(injuries[0]).toBe(0)
    expect(injuries.at(-1)).toBeGreaterThanOrEqual(2)
  })

  it('[TAB33] refuse what they do not know by saying what there is, and roll nothing then', async () => {
    const { id, turnId } = await aTurn()
    expect((await table.run(turnId, 'roll_dices', {})).data.runGmTool.error).toContain('roll_dice')
    const fields = { dice: 3, successes: 3 }
    expect((await table.run(turnId, 'roll_dice', fields)).data.runGmTool.error).toContain('successes')
    const nobody = { target: 'Nobody' }
    expect((await table.run(turnId, 'calculate_ranged_attack', nobody)).data.runGmTool.error).toContain('Razor')
    expect(await kinds(id)).not.toContain('ROLL')
  })

  it('[TAB67] read the sheet of an opponent to the game master alone, and publish nothing of it', async () => {
    const { id, turnId } = await aTurn()
    const player = await table.person('Pia')
    await table.join(leader, id, player)
    const skill = await table.run(turnId, 'get_character_skill', { character: 'Razor', skill: 'Firearms' })
    expect(skill.data.runGmTool.result).toMatchObject({ rating: 3 })
    await table.run(turnId, 'get_character', { character: 'Razor' })
    await table.run(turnId, 'calculate_dice_pool', { character: 'Razor', skill: 'Firearms' })
    const seen = JSON.stringify((await table.events(player, id)).filter(({ kind }) => kind === 'TOOL_RESULT'))
    expect(seen).toContain('Gang Member')
    for (const hidden of ['sheet', 'rating', 'ammo', '"dice":', 'Firearms', 'weapons'])
      expect(seen).not.toContain(hidden)
    await table.report(turnId, { number: 1, kind: 'COMPLETE', content: 'done' })

    const { data } = await table.say(player, id, 'I look at Razor')
    for (const [tool, more] of [
      ['get_character_skill', { skill: 'Firearms' }],
      ['calculate_dice_pool', { attribute: 'body' }],
    ])
      expect(
        (await table.run(data.gmSay.turn.id, tool as string, { character: 'Razor', ...(more as object) })).data
          .runGmTool.error,
      ).toContain('game master')
  })
})
