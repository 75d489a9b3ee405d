// A game led by a language model that cannot be trusted: the table stays right, and says what happened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type StubModel } from '../../../shared/testing/stub-openai.ts'

interface GameEvent {
  turnId: string
  kind: string
  payload: Record<string, unknown>
}

let model: StubModel
let overlord: TestOverlord
let leader: TestPerson
let sessionId: string
beforeAll(async () => {
  model = await startStubModel([
    { text: 'You aim. ', tools: [{ name: 'roll_dice', args: { dice: 6, target_number: 4 } }] },
    { text: 'All 777 dice hit: 98 successes! Razor dies.' },
    { text: 'The rain falls on the street and nobody moves at all', breakAfter: 4 },
    ...Array.from({ length: 8 }, () => ({ tools: [{ name: 'get_character', args: {} }] })),
    { status: 401 },
  ])
  overlord = await startOverlord({
    env: { MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub-1' },
  })
  leader = await aPerson(overlord, 'Lea')
  const { data } = await leader.graph<{ createGmSession: { session: { id: string } } }>(
    'mutation { createGmSession(input: { title: "Tonight", withSamples: true }) { session { id } } }',
  )
  sessionId = data.createGmSession.session.id
})
afterAll(async () => {
  await leader?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await model?.[Symbol.asyncDispose]()
})

/** The events of a turn, once it has ended. */
async function turn(message: string): Promise<GameEvent[]> {
  const { data } = await leader.graph<{ gmSay: { turn: { id: string } } }>(
    `mutation ($sessionId: ID!, $message: String!) {
      gmSay(input: { sessionId: $sessionId, message: $message }) { turn { id } } }`,
    { sessionId, message },
  )
  const { id } = data.gmSay.turn
  await using feed = leader.feed<GameEvent>(
    'subscription ($id: ID!) { gmEvents(sessionId: $id, afterId: "0") { turnId kind payload } }',
    'gmEvents',
    { id: sessionId },
  )
  await feed.find(({ turnId, kind }) => turnId === id && (kind === 'COMPLETE' || kind === 'ERROR'))
  return feed.seen.filter(({ turnId }) => turnId === id)
}
const kindsOf = (events: readonly GameEvent[]) => events.map(({ kind }) => kind)
const wounds = async () => {
  const { data } = await leader.graph<{ gmSession: { characters: { physical: number }[] } }>(
    'query ($id: ID!) { gmSession(id: $id) { characters { physical } } }',
    { id: sessionId },
  )
  return data.gmSession.characters.map(({ physical }) => physical)
}

describe('a game with a language model', () => {
  it('[TAB44] that lies about dice: its figures are marked, and nobody is hurt', async () => {
    const events = await turn('I look around the corner')
    expect(kindsOf(events)).toEqual([
      'PROCESSING',
      'NARRATIVE',
      'TOOL_EXECUTION',
      'ROLL',
      'TOOL_RESULT',
      'NARRATIVE',
      'COMPLETE',
    ])
    expect(events[5]!.payload['unwitnessed']).toEqual(['777', '98'])
    expect(await wounds()).toEqual([0, 0, 0])
    expect(model.requests[0]!.tools!.map((tool) => tool.function.name)).toContain('calculate_ranged_attack')
    expect(JSON.stringify(model.requests[0]!.messages)).toContain('Mara Voss')
  })

  it('[TAB44] that breaks off: what was narrated stays, and the end says why', async () => {
    const events = await turn('I wait')
    expect(events.at(-1)).toMatchObject({ kind: 'COMPLETE' })
    expect(events.at(-1)!.payload['content']).toContain('broke off')
    expect(events.find(({ kind }) => kind === 'NARRATIVE')!.payload['content']).toContain('The rain falls')
  })

  it('[TAB44] that calls tools without end: the turn ends, and commands still work', async () => {
    const events = await turn('I think')
    expect(kindsOf(events).filter((kind) => kind === 'COMPLETE' || kind === 'ERROR')).toHaveLength(1)
    expect(kindsOf(events).filter((kind) => kind === 'TOOL_RESULT').length).toBeLessThanOrEqual(8)
    const rolled = await turn('/roll 3 tn4')
    expect(kindsOf(rolled)).toContain('ROLL')
  })

  it('[TAB44] that refuses: the built-in game master answers with what it can do, and says why', async () => {
    const events = await turn('I run')
    expect(events.at(-1)!.payload['content']).toContain('refused our key')
    expect(events.find(({ kind }) => kind === 'NARRATIVE')!.payload['content']).toContain('/roll DICE tn NUMBER')
  })
})
