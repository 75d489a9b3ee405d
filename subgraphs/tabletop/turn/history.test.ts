import { beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../../../shared/auth/viewer.ts'
import { aTable, narrator } from '../testing/table.ts'

const TASKS = `subscription { gmTurnRequested { kind sessionId turnId history { message narration } state } }`

interface Task {
  sessionId: string
  turnId: string
  history: { message: string; narration: string }[]
  state: { characters: Record<string, unknown>[] }
}

const table = aTable()
let leader: Viewer
let player: Viewer
beforeAll(async () => void ([leader, player] = await table.two()))

async function aGame() {
  const { id } = await table.game(leader, player)
  /** A turn that a process takes, and what it got. The turn ends when its stream does. */
  const play = async (viewer: Viewer, message: string) => {
    const turn = (await table.say(viewer, id, message)).data.gmSay.turn.id
    const { data } = await table.first<{ gmTurnRequested: Task }>(
      narrator,
      TASKS,
      ({ gmTurnRequested }) => gmTurnRequested.turnId === turn,
    )
    return data.gmTurnRequested
  }
  /** A turn that is narrated without a process. */
  const narrate = async (viewer: Viewer, message: string, texts: string[], calls: [string, object][] = []) => {
    const turn = (await table.say(viewer, id, message)).data.gmSay.turn.id
    for (const [tool, given] of calls) await table.run(turn, tool, given)
    const narrated = texts.map((content, nth) => ({ number: nth + 1, kind: 'NARRATIVE', content }))
    await table.report(turn, ...narrated, { number: texts.length + 1, kind: 'COMPLETE', content: 'Response complete' })
    return turn
  }
  const narrations = async (viewer: Viewer) =>
    (await table.events(viewer, id)).filter(({ kind }) => kind === 'NARRATIVE').map(({ payload }) => payload)
  return { id, play, narrate, narrations }
}

describe('what a model gets of earlier turns', () => {
  it('[TAB78] has what had no witness marked, and that vouches for nothing when it is repeated', async () => {
    const { play, narrate, narrations } = await aGame()
    await narrate(player, 'I look', ['You find 777 nuyen. ', 'It rains.'])
    await narrate(player, 'I take the 777 nuyen', ['You have 777 nuyen.'])
    expect((await narrations(player)).map(({ unwitnessed }) => unwitnessed)).toEqual([['777'], undefined, ['777']])
    const task = await play(player, 'And now?')
    expect(task.history).toEqual([
      { message: 'I look', narration: 'You find 777 nuyen.  [not rolled: 777] It rains.' },
      { message: 'I take the 777 nuyen', narration: 'You have 777 nuyen. [not rolled: 777] ' },
    ])
  })

  it('[TAB78] lets a figure count once a tool gives it', async () => {
    const { narrate, narrations } = await aGame()
    await narrate(player, 'I look', ['It is 31 metres away.'])
    const shot: [string, object] = ['calculate_ranged_attack', { target: 'Razor', metres: 31, attacker: 'Switchback' }]
    await narrate(leader, 'I shoot', ['At 31 metres the shot rings out.'], [shot])
    expect((await narrations(player)).map(({ unwitnessed }) => unwitnessed)).toEqual([['31'], undefined])
  })
})

describe('what a model gets of opponents', () => {
  it('[TAB77] is what every member sees, and in turns of the game master with what they act', async () => {
    const { play } = await aGame()
    const of = (task: Task) => task.state.characters.find(({ name }) => name === 'Ganger')!
    const own = await play(player, 'I look')
    expect(Object.keys(of(own)).sort()).toEqual(
      ['archetype', 'condition', 'isOpponent', 'name', 'physical', 'streetName', 'stun'].sort(),
    )
    expect(JSON.stringify(own.state.characters[0])).toContain('poolsLeft')
    await table.report(own.turnId, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
    const led = of(await play(leader, 'Razor shoots'))
    expect((led['weapons'] as unknown[]).every((weapon) => typeof weapon === 'string')).toBe(true)
    expect(led).not.toHaveProperty('poolsLeft')
    expect(led).not.toHaveProperty('ammo')
  })

  it('[TAB77] is narrated to the game master alone once their sheet was read, and in no later turn', async () => {
    const { play, narrate, narrations } = await aGame()
    const read: [string, object][] = [['get_character', { character: 'Razor' }]]
    await narrate(leader, 'How strong is he?', ['Razor has a combat pool of 6.'], read)
    expect(JSON.stringify(await narrations(leader))).toContain('combat pool of 6')
    expect((await narrations(leader))[0]).toMatchObject({ isPrivate: true })
    expect(await narrations(player)).toEqual([])
    await narrate(leader, 'Go on', ['It rains.'])
    expect(await narrations(player)).toEqual([{ content: 'It rains.' }])
    const task = await play(leader, 'And?')
    expect(JSON.stringify(task)).not.toContain('combat pool of 6')
    // A player cannot begin such a turn: the tool has nothing for them.
    await table.report(task.turnId, { number: 1, kind: 'COMPLETE', content: 'Response complete' })
    await narrate(player, 'I look at Razor', ['Razor stares back.'], read)
    expect((await narrations(player)).at(-1)).toEqual({ content: 'Razor stares back.' })
  })
})
