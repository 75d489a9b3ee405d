// Attacks and spells as the table resolves them, with every circumstance that somebody may name.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable } from '../testing/table.ts'

const table = aTable()
let leader: Viewer
beforeAll(async () => {
  leader = await table.person('leader')
})

/** A turn in a session of its own, and its tools. */
async function aTurn() {
  const { id, characters } = await table.session(leader)
  const { data } = await table.say(leader, id, 'go')
  const turnId = data.gmSay.turn.id
  const run = async (tool: string, given: object) => (await table.run(turnId, tool, given)).data.runGmTool
  return { id, turnId, run, characters }
}
const partsOf = (result: Record<string, unknown> | null) =>
  (result!['tn_parts'] as { name: string; value: number; source: string }[]).map(({ name, value }) => [name, value])

describe('attacks at the table', () => {
  it('[TAB69] list every circumstance: 4 + 1 earlier round + 2 + 4 + 8 + 2 + 2 + 2 - 1 + 4 + 3 of the game master', async () => {
    const { run, id } = await aTurn()
    const shot = {
      ...{ attacker: 'Candle', target: 'Razor', metres: 5, earlier_rounds: 1, attacker_movement: 'walking' },
      ...{ bad_ground: true, partial_cover: true, blind_fire: true, visibility: ['mist'], extra_targets: 1 },
      ...{ melee_opponents: 1, second_weapon: true, aim_actions: 4, called_shot: true },
      modifiers: [{ name: 'an earthquake', value: 3 }],
    }
    const considered = await run('calculate_ranged_attack', { ...shot, only_target_number: true })
    expect(considered.result).toMatchObject({ outcome: 'considered', range: 'short', final_tn: 31 })
    expect(partsOf(considered.result)).toEqual([
      ...[
        ['range: short', 4],
        ['recoil: earlier rounds', 1],
        ['attacker walking on bad ground', 2],
      ],
      ...[
        ['partial cover', 4],
        ['extra targets', 2],
        ['attacker in melee', 2],
        ['called shot', 4],
      ],
      ...[
        ['blind fire', 8],
        ['second weapon', 2],
        ['aim', -1],
        ['an earthquake', 3],
      ],
    ])
    expect((await table.events(leader, id)).some(({ kind }) => kind === 'ROLL')).toBe(false)
    expect((await run('calculate_ranged_attack', shot)).result).toMatchObject({ final_tn: 31, rounds_left: 15 })
  })

  it('[TAB69] with blades wound the side with fewer successes, and name both sides and every roll', async () => {
    const { run, id } = await aTurn()
    const { result } = await run('melee_attack', { attacker: 'Switchback', target: 'Razor', combat_pool: 9 })
    const side = { final_tn: 3, dice: 8, combat_pool: 4, weapon: 'Sword' }
    // Reach 1 for the sword; the ganger fights back with bare hands.
    expect(result).toMatchObject({ attack: side, defence: { final_tn: 4, dice: 4, weapon: 'unarmed' } })
    const rolls = (await table.events(leader, id)).filter(({ kind }) => kind === 'ROLL')
    expect(rolls.map(({ payload }) => (payload['roll'] as { rollId: string }).rollId)).toEqual(result!['roll_ids'])
    const { rows } = await table.pool.query<{ physical: number }>(
      "select (state ->> 'physical')::int as physical from gm_characters where session_id = $1 and name = $2",
      [id, (result!['loser'] as string | null) ?? 'Ganger'],
    )
    expect(rows[0]!.physical).toBe((result!['loser_after'] as { physical: number }).physical)
    expect((await run('melee_attack', { target: 'Razor', weapon: 'Axe' })).error).toContain('Sword, unarmed')
  })

  it('[TAB69] by spells reach things, regard cover, light and spell defence, and name nobody twice', async () => {
    const { run } = await aTurn()
    const cast = { caster: 'Candle', spell: 'Power Bolt', force: 4 }
    expect((await run('cast_spell', { ...cast, target: 'the lock', object: 'high technology' })).result).toMatchObject({
      ...{ target: 'the lock', final_tn: 8, boxes: expect.any(Number) as number },
    })
    const covered = { ...cast, target: 'Razor', partial_cover: true, visibility: ['minimal-light'], defence_dice: 3 }
    const { result } = await run('cast_spell', covered)
    expect(result!['final_tn']).toBeGreaterThanOrEqual(5 + 4 + 6)
    expect((await run('cast_spell', { ...cast, target: 'Razor', further_targets: ['Ganger'] })).error).toContain(
      'twice',
    )
    expect((await run('cast_spell', { ...cast, spell: 'Mana Bolt', object: 'natural' })).error).toContain('living')
  })

  it('[TAB69] end a spell that is sustained, which lowers target numbers again', async () => {
    const { run, id } = await aTurn()
    const sustained = JSON.stringify([{ name: 'Invisibility', force: 3, targets: ['Tobias Renn'] }])
    await table.pool.query(
      `update gm_characters set state = jsonb_set(state, '{sustained}', $2)
       where session_id = $1 and name = 'Tobias Renn'`,
      [id, sustained],
    )
    const aim = { character: 'Candle', difficulty: 4 }
    expect((await run('calculate_target_number', aim)).result).toMatchObject({ final_tn: 6 })
    expect((await run('drop_spell', { caster: 'Candle', spell: 'Sleep' })).error).toContain('Invisibility')
    expect((await run('drop_spell', { caster: 'Candle', spell: 'invisibility' })).ok).toBe(true)
    expect((await run('calculate_target_number', aim)).result).toMatchObject({ final_tn: 4 })
  })

  it('[TAB69] roll both sides of an opposed test', async () => {
    const { run, id } = await aTurn()
    const opposed = { name: 'the guard', dice: 3, target_number: 4 }
    const { result } = await run('roll_dice', { dice: 6, target_number: 4, opposed })
    const other = result!['opposed'] as { successes: number; net_successes: number; winner: string }
    const net = Number(result!['successes']) - other.successes
    expect(other).toMatchObject({ net_successes: Math.abs(net) })
    expect(other.winner).toBe(net > 0 ? 'first' : net < 0 ? 'opposed' : 'tie')
    expect((await table.events(leader, id)).filter(({ kind }) => kind === 'ROLL')).toHaveLength(2)
    expect((await run('roll_dice', { dice: 6, opposed })).error).toContain('target number')
  })

  it('[TAB69] leave the pool dice of other players to them', async () => {
    const { id, characters, turnId } = await aTurn()
    await table.report(turnId, { number: 1, kind: 'COMPLETE', content: 'done' })
    const [player, other] = [await table.person('Pia'), await table.person('Olga')]
    for (const one of [player, other]) await table.join(leader, id, one)
    const take = 'mutation ($input: TakeGmCharacterInput!) { takeGmCharacter(input: $input) { character { id } } }'
    const [samurai, mage] = characters
    await table.ask(player, take, { input: { sessionId: id, characterId: samurai!.id } })
    await table.ask(other, take, { input: { sessionId: id, characterId: mage!.id } })
    const { data } = await table.say(player, id, 'I shoot the mage')
    const shot = { target: 'Candle', metres: 3, defence_pool: 8, combat_pool: 8 }
    await table.run(data.gmSay.turn.id, 'calculate_ranged_attack', shot)
    const { rows } = await table.pool.query<{ spent: number }>(
      "select (state -> 'poolsSpent' ->> 'combat')::int as spent from gm_characters where id = $1",
      [mage!.id],
    )
    expect(rows[0]!.spent).toBe(0)
  })

  it('[TAB69] leave the weapon with which a character of others defends itself to its player', async () => {
    const { id, characters, turnId } = await aTurn()
    const blow = { attacker: 'Candle', target: 'Switchback', target_weapon: 'unarmed' }
    const weaponIn = async (turn: string) =>
      (await table.run(turn, 'melee_attack', blow)).data.runGmTool.result!['defence'] as { weapon: string }
    expect((await weaponIn(turnId)).weapon).toBe('unarmed')
    await table.report(turnId, { number: 1, kind: 'COMPLETE', content: 'done' })
    const other = await table.person('Olga')
    await table.join(leader, id, other)
    const take = 'mutation ($input: TakeGmCharacterInput!) { takeGmCharacter(input: $input) { character { id } } }'
    await table.ask(other, take, { input: { sessionId: id, characterId: characters[1]!.id } })
    await table.pool.query(
      `update gm_characters set state = state || '{"physical": 0, "stun": 0}' where session_id = $1`,
      [id],
    )
    const { data } = await table.say(other, id, 'I strike the samurai')
    expect((await weaponIn(data.gmSay.turn.id)).weapon).toBe('Sword')
  })
})
