import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { visibilities } from '../../../shared/world/tabletop/visibility.ts'
import { aTable } from '../testing/table.ts'

const ROWS = 'condition normal lowLight source certainty isReplaced'
const TABLE = `query ($id: ID!) { gmSession(id: $id) { visibility { ${ROWS} } } }`
const SAVE = `mutation ($input: SaveGmVisibilityInput!) { saveGmVisibility(input: $input) { visibility { ${ROWS} } } }`
const RESET = `mutation ($input: ResetGmVisibilityInput!) {
  resetGmVisibility(input: $input) { visibility { ${ROWS} } } }`
const UNDO = 'mutation ($input: UndoGmChangeInput!) { undoGmChange(input: $input) { undone } }'
const MIST = { condition: 'MIST', normal: 5, lowLightCyber: 4, lowLight: 3, thermographicCyber: 2, thermographic: 1 }

interface Row {
  condition: string
  normal: number
  source: string
  certainty: string
  isReplaced: boolean
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

async function aSession() {
  const { id } = await table.game(leader, player)
  const rowsFor = async (viewer: Viewer) =>
    (await table.ask<{ gmSession: { visibility: Row[] | null } }>(viewer, TABLE, { id })).data.gmSession.visibility
  const mist = async () => (await rowsFor(leader))!.find(({ condition }) => condition === 'MIST')
  const save = (given: object, viewer = leader) => table.ask(viewer, SAVE, { input: { sessionId: id, ...given } })
  const reset = (given: object, viewer = leader) => table.ask(viewer, RESET, { input: { sessionId: id, ...given } })
  const undo = () => table.ask(leader, UNDO, { input: { sessionId: id } })
  return { id, rowsFor, mist, save, reset, undo }
}

/** The parts of a shot of a samurai, and of a spell of a mage, through mist. */
async function partsInMist(id: string) {
  const turn = (await table.say(leader, id, 'go')).data.gmSay.turn.id
  const seen = { target: 'Razor', visibility: ['mist'] }
  const shot = { ...seen, attacker: 'Switchback', metres: 3 }
  const cast = { ...seen, caster: 'Candle', spell: 'Mana Bolt', force: 1 }
  const results = [
    await table.run(turn, 'calculate_ranged_attack', shot),
    await table.run(turn, 'cast_spell', cast),
  ].map(({ data }) => data.runGmTool.result!['tn_parts'] as { name: string }[])
  await table.report(turn, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
  return results.map((parts) => parts.find(({ name }) => name.startsWith('visibility')))
}

describe('the visibility table of a session', () => {
  it('[TAB74] is that of the rules until the game master replaces a row, which shots and spells then name', async () => {
    const { id, rowsFor, mist, save } = await aSession()
    expect(await rowsFor(leader)).toHaveLength(visibilities.length)
    expect(await mist()).toMatchObject({ normal: 2, source: 'fan table', certainty: 'WEB', isReplaced: false })
    const { code } = await save({ ...MIST, source: 'house rule, p. 3', certainty: 'CORE' })
    expect(code).toBeNull()
    expect(await mist()).toMatchObject({ normal: 5, source: 'house rule, p. 3', certainty: 'CORE', isReplaced: true })
    for (const part of await partsInMist(id)) {
      expect(part).toMatchObject({ source: 'house rule, p. 3', certainty: 'core' })
      expect((part as unknown as { value: number }).value).toBeGreaterThan(0)
    }
    const { rows } = await table.pool.query('select parts from gm_rolls where session_id = $1', [id])
    expect(JSON.stringify(rows)).toContain('house rule, p. 3')
  })

  it('[TAB74] is reset by row or as a whole, and every change of it is undone', async () => {
    const { mist, save, reset, undo, rowsFor } = await aSession()
    await save(MIST)
    await save({ ...MIST, condition: 'GLARE', normal: 9 })
    await reset({ condition: 'MIST' })
    expect(await mist()).toMatchObject({ normal: 2, isReplaced: false })
    expect((await reset({ condition: 'MIST' })).code).toBeNull()
    await undo()
    expect(await mist()).toMatchObject({ normal: 5, certainty: 'UNCONFIRMED', source: 'game master' })
    await reset({})
    expect((await rowsFor(leader))!.some(({ isReplaced }) => isReplaced)).toBe(false)
    for (let n = 0; n < 3; n++) await undo()
    expect((await rowsFor(leader))!.some(({ isReplaced }) => isReplaced)).toBe(false)
    // The reset that changed nothing is no change to undo.
    expect((await undo()).code).toBe('BAD_USER_INPUT')
  })

  it('[TAB74] is read and changed by the game master alone; that it changed is known to all', async () => {
    const { id, rowsFor, save, reset } = await aSession()
    expect(await rowsFor(player)).toBeNull()
    expect((await save(MIST, player)).code).toBe('FORBIDDEN')
    expect((await reset({}, player)).code).toBe('FORBIDDEN')
    const stranger = await table.person('stranger')
    expect((await save(MIST, stranger)).code).toBe('NOT_FOUND')
    await save(MIST)
    const [last] = (await table.events(player, id)).slice(-1)
    expect(last!.payload['content']).toContain('changed mist in the visibility table')
  })

  it.each([{ normal: -1 }, { lowLight: 21 }, { source: ' ' }, { source: 'x'.repeat(81) }, { source: 'a\u0000b' }])(
    '[TAB74] refuses what is no row: %j',
    async (wrong) => {
      const { save, mist } = await aSession()
      expect((await save({ ...MIST, ...wrong })).code).toBe('BAD_USER_INPUT')
      expect(await mist()).toMatchObject({ isReplaced: false })
    },
  )
})
