import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import type { Roll } from '../rules/roll.ts'
import { verifyRoll } from '../rules/verify-roll.ts'
import { aTable } from '../testing/table.ts'

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

/** A session in which a player has the samurai, with Karma, and one turn of each. */
async function aGame() {
  const { id, characters, idOf } = await table.game(leader, player, 'Mara')
  await table.pool.query(
    `update gm_characters set sheet = jsonb_set(sheet, '{karmaEarned}', '60') where session_id = $1`,
    [id],
  )
  const end = (turn: string) => table.report(turn, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
  const turnOf = async (viewer: Viewer) => (await table.say(viewer, id, 'go')).data.gmSay.turn.id
  const run = async (turn: string, tool: string, given: object = {}) =>
    (await table.run(turn, tool, given)).data.runGmTool
  return { id, characters, idOf, end, turnOf, run }
}
const karmaSpent = async (character: string) => {
  const { rows } = await table.pool.query<{ spent: number }>(
    "select (state -> 'poolsSpent' ->> 'karma')::int as spent from gm_characters where id = $1",
    [character],
  )
  return rows[0]!.spent
}
/** Nobody reaches this with one die of forty: some fail, and not all show 1. */
const TEST = { dice: 40, target_number: 6 }

describe('failed dice', () => {
  it('[TAB75] are rolled again for one Karma, then for one more each time, and both rolls are witnesses', async () => {
    const { id, characters, end, turnOf, run } = await aGame()
    const turn = await turnOf(player)
    const first = (await run(turn, 'roll_dice', TEST)).result!
    let [failed, successes] = [40 - Number(first['successes']), Number(first['successes'])]
    for (const karma of [1, 2, 3]) {
      const { result } = await run(turn, 'reroll_failures')
      expect(result).toMatchObject({ karma, dice: failed, target_number: 6 })
      successes += Number(result!['again_successes'])
      failed -= Number(result!['again_successes'])
      expect(result!['successes']).toBe(successes)
      expect((result!['rolls'] as { roll_id: string }[]).map((roll) => roll.roll_id)).toEqual(
        Array.from({ length: karma + 1 }, (_, nth) => `${turn}.${nth + 1}`),
      )
    }
    expect(await karmaSpent(characters[0]!.id)).toBe(6)
    expect((await run(turn, 'reroll_failures')).error).toContain('4 needed, 0 left')
    await end(turn)
    const events = await table.events(leader, id)
    const { secret } = events.at(-1)!.payload as { secret: string }
    const rolls = events.filter(({ kind }) => kind === 'ROLL').map(({ payload }) => payload)
    for (const { roll } of rolls as unknown as { roll: Roll }[])
      expect(verifyRoll(roll, secret, roll.commitment)).toEqual({ isValid: true })
    expect(rolls[1]).toMatchObject({ rerollOf: `${turn}.1`, characterId: characters[0]!.id })
    expect(rolls[1]!['purpose']).toMatch(/^Again for 1 Karma: test/)
  })

  it('[TAB75] are those of a later turn too, until the character makes another test', async () => {
    const { end, turnOf, run } = await aGame()
    const one = await turnOf(player)
    await run(one, 'roll_dice', TEST)
    await end(one)
    const two = await turnOf(player)
    expect((await run(two, 'reroll_failures', { roll_id: `${one}.1` })).ok).toBe(true)
    await run(two, 'roll_dice', { ...TEST, purpose: 'the lock' })
    const refused = await run(two, 'reroll_failures', { roll_id: `${one}.1` })
    expect(refused.error).toContain('only the newest test')
    expect(refused.error).toContain('the lock')
    expect((await run(two, 'reroll_failures')).result).toMatchObject({ karma: 1 })
  })

  it('[TAB75] are rolled by who plays the character, and of opponents by the game master', async () => {
    const { end, turnOf, run, idOf } = await aGame()
    const led = await turnOf(leader)
    await run(led, 'roll_dice', { ...TEST, character: 'Razor' })
    expect((await run(led, 'reroll_failures', { character: 'Razor' })).result).toMatchObject({ karma: 1 })
    expect(await karmaSpent(idOf('Ganger'))).toBe(1)
    await end(led)
    const own = await turnOf(player)
    expect((await run(own, 'reroll_failures', { character: 'Razor' })).error).toContain('somebody else plays')
    expect((await run(own, 'reroll_failures')).error).toContain('made no test')
  })

  it('[TAB75] are not those of attacks, open tests and disasters', async () => {
    const { turnOf, run, end, id } = await aGame()
    const turn = await turnOf(player)
    await run(turn, 'calculate_ranged_attack', { target: 'Razor', metres: 3 })
    expect((await run(turn, 'reroll_failures')).error).toContain('made no test')
    await run(turn, 'roll_dice', { dice: 3 })
    expect((await run(turn, 'reroll_failures')).error).toContain('not a success test')
    const disaster = (await run(turn, 'roll_dice', TEST)).result!
    await table.pool.query(
      `update gm_rolls set roll = (roll::jsonb || '{"isDisaster": true}')::json where session_id = $1 and id = $2`,
      [id, disaster['roll_id']],
    )
    expect((await run(turn, 'reroll_failures')).error).toContain('disaster')
    await end(turn)
  })
})
