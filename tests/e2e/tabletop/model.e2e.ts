// A game led by a language model that cannot be trusted, by every driver: the table stays right and says what happened.
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubAnthropic } from '../../../shared/testing/stub-anthropic.ts'
import { startStubModel, type Step } from '../../../shared/testing/stub-openai.ts'
import { until } from '../../../shared/testing/until.ts'

interface GameEvent {
  turnId: string
  kind: string
  payload: Record<string, unknown>
}

/** A model, and what a process needs to ask it. */
interface Model extends AsyncDisposable {
  /** What was asked so far, oldest first. */
  requests: readonly object[]
  env: Record<string, string>
}

const FAKE_CLAUDE = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'testing', 'fake-claude.js')
/** Rounds of tools in one answer. */
const ROUNDS = 8

async function openAi(script: readonly Step[]): Promise<Model> {
  const model = await startStubModel(script)
  return { ...model, env: { MODEL_DRIVER: 'openai', MODEL_URL: model.url } }
}
async function anthropic(script: readonly Step[]): Promise<Model> {
  const model = await startStubAnthropic(script)
  return { ...model, env: { MODEL_DRIVER: 'anthropic', MODEL_URL: `${model.url}/v1` } }
}
/** The program asks its model itself, and names our tools after the server that has them. */
async function claude(script: readonly Step[]): Promise<Model> {
  const named = script.map((step) => ({
    ...step,
    ...(step.tools && { tools: step.tools.map((tool) => ({ ...tool, name: `mcp__overlord__${tool.name}` })) }),
  }))
  const model = await startStubAnthropic(named)
  return { ...model, env: { MODEL_DRIVER: 'claude', MODEL_URL: model.url, MODEL_BINARY: FAKE_CLAUDE } }
}

const SCRIPT: readonly Step[] = [
  // It lies about dice.
  { text: 'You aim. ', tools: [{ name: 'roll_dice', args: { dice: 6, target_number: 4 } }] },
  { text: 'All 777 dice hit: 98 successes! Razor dies.' },
  // It breaks off.
  { text: 'The rain falls on the street and nobody moves at all', breakAfter: 4 },
  // It calls tools without end.
  ...Array.from({ length: ROUNDS }, () => ({ tools: [{ name: 'get_character', args: {} }] })),
  // It calls two tools at once, one of them a tool that no game has.
  {
    tools: [
      { name: 'roll_dice', args: { dice: 2, target_number: 3 } },
      { name: 'get_live_players', args: {} },
    ],
  },
  { text: 'Something clicks.' },
  // It reads the sheet of an opponent.
  { text: 'A shadow moves. ', tools: [{ name: 'get_character', args: { character: 'Ganger' } }] },
  { text: 'She is about to draw.' },
  // It does not end, twice.
  { text: 'Rain ', endless: true },
  { text: 'Rain ', endless: true },
  { status: 401 },
]

describe.each([
  ['of the OpenAI form', openAi, 'refused our key'],
  ['of Anthropic', anthropic, 'refused our key'],
  ['behind the program claude', claude, 'its key is refused'],
] as const)('a game with a language model %s', (_, start, refusal) => {
  let model: Model
  let overlord: TestOverlord
  let leader: TestPerson
  let spectator: TestPerson
  let sessionId: string
  beforeAll(async () => {
    model = await start(SCRIPT)
    const env = { ...model.env, MODEL_KEY: 'test', MODEL_NAME: 'stub-1', MODEL_SECONDS: '10' }
    overlord = await startOverlord({ env })
    leader = await aPerson(overlord, 'Lea')
    spectator = await aPerson(overlord, 'Sam')
    const { data } = await leader.graph<{ createGmSession: { session: { id: string } } }>(
      'mutation { createGmSession(input: { title: "Tonight", withSamples: true }) { session { id } } }',
    )
    sessionId = data.createGmSession.session.id
    const invited = await leader.graph<{ inviteToGmSession: { code: string } }>(
      `mutation ($sessionId: ID!) {
        inviteToGmSession(input: { sessionId: $sessionId, role: SPECTATOR }) { code } }`,
      { sessionId },
    )
    await spectator.graph('mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id } } }', {
      code: invited.data.inviteToGmSession.code,
    })
  })
  afterAll(async () => {
    await leader?.[Symbol.asyncDispose]()
    await spectator?.[Symbol.asyncDispose]()
    await overlord?.[Symbol.asyncDispose]()
    await model?.[Symbol.asyncDispose]()
  })

  async function say(message: string): Promise<string> {
    const { data } = await leader.graph<{ gmSay: { turn: { id: string } } }>(
      `mutation ($sessionId: ID!, $message: String!) {
        gmSay(input: { sessionId: $sessionId, message: $message }) { turn { id } } }`,
      { sessionId, message },
    )
    return data.gmSay.turn.id
  }
  const isEnd = ({ kind }: GameEvent) => kind === 'COMPLETE' || kind === 'ERROR'
  /** The events of a turn as somebody sees them, once it has ended. */
  async function eventsOf(id: string, reader = leader): Promise<GameEvent[]> {
    await using feed = reader.feed<GameEvent>(
      'subscription ($id: ID!) { gmEvents(sessionId: $id, afterId: "0") { turnId kind payload } }',
      'gmEvents',
      { id: sessionId },
    )
    await feed.find((event) => event.turnId === id && isEnd(event))
    return feed.seen.filter(({ turnId }) => turnId === id)
  }
  const turn = async (message: string) => eventsOf(await say(message))
  /** Narration comes in one piece or more. */
  const kindsOf = (events: readonly GameEvent[]) =>
    events.map(({ kind }) => kind).filter((kind, place, all) => kind !== 'NARRATIVE' || all[place - 1] !== kind)
  const narrationOf = (events: readonly GameEvent[]) => events.filter(({ kind }) => kind === 'NARRATIVE')
  const wounds = async () => {
    const { data } = await leader.graph<{ gmSession: { characters: { physical: number }[] } }>(
      'query ($id: ID!) { gmSession(id: $id) { characters { physical } } }',
      { id: sessionId },
    )
    return data.gmSession.characters.map(({ physical }) => physical)
  }

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
    expect(narrationOf(events).flatMap(({ payload }) => payload['unwitnessed'] ?? [])).toEqual(['777', '98'])
    expect(await wounds()).toEqual([0, 0, 0])
    const asked = JSON.stringify(model.requests[0])
    for (const known of ['calculate_ranged_attack', 'Mara Voss']) expect(asked).toContain(known)
    expect(asked).not.toContain('get_live_players')
    // It read what was rolled before it narrated.
    expect(JSON.stringify(model.requests[1])).toContain('successes')
  })

  it('[TAB44] that breaks off: what was narrated stays, and the end says why', async () => {
    const events = await turn('I wait')
    expect(events.at(-1)).toMatchObject({ kind: 'COMPLETE' })
    expect(events.at(-1)!.payload['content']).toContain('broke off')
    expect(narrationOf(events)[0]!.payload['content']).toContain('The rain falls')
  })

  it('[TAB44] that calls tools without end: the turn ends, and commands still work', async () => {
    const events = await turn('I think')
    expect(kindsOf(events).filter((kind) => kind === 'COMPLETE' || kind === 'ERROR')).toHaveLength(1)
    expect(kindsOf(events).filter((kind) => kind === 'TOOL_RESULT').length).toBeLessThanOrEqual(ROUNDS)
    const rolled = await turn('/roll 3 tn4')
    expect(kindsOf(rolled)).toContain('ROLL')
  })

  it('[TAB85] that calls a tool of others gets those of the table alone', async () => {
    const events = await turn('I pick the lock')
    expect(kindsOf(events).filter((kind) => kind === 'TOOL_EXECUTION')).toHaveLength(1)
    expect(narrationOf(events).map(({ payload }) => payload['content'])).toEqual(['Something clicks.'])
  })

  /** Follows the session by the game's own protocol. */
  async function follow(person: TestPerson) {
    const headers = { cookie: person.cookie }
    const ws = new WebSocket(`${overlord.url.replace('http', 'ws')}/game/${sessionId}`, { headers })
    const seen: Record<string, unknown>[] = []
    ws.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString('utf8')) as Record<string, unknown>))
    const has = (type: string) => until(type, () => Promise.resolve(seen.some((one) => one['type'] === type)))
    await has('system')
    return {
      async narrated() {
        await has('complete')
        ws.close()
        const all = seen.filter(({ type }) => type === 'narrative')
        return all.map(({ content, is_private: isPrivate }) => ({ content, isPrivate }))
      },
    }
  }

  it('[TAB77] [TAB89] that reads the sheet of an opponent narrates for the game master alone from then on', async () => {
    const [led, watched] = await Promise.all([follow(leader), follow(spectator)])
    const id = await say('I listen')
    const [first, second] = narrationOf(await eventsOf(id))
    expect(first!.payload).toEqual({ content: 'A shadow moves. ' })
    expect(second!.payload).toMatchObject({ content: 'She is about to draw.', isPrivate: true })
    const seen = narrationOf(await eventsOf(id, spectator))
    expect(seen.map(({ payload }) => payload['content'])).toEqual(['A shadow moves. '])
    expect(await led.narrated()).toEqual([
      { content: 'A shadow moves. ', isPrivate: undefined },
      { content: 'She is about to draw.', isPrivate: true },
    ])
    expect(await watched.narrated()).toEqual([{ content: 'A shadow moves. ', isPrivate: undefined }])
  })

  it('[TAB44] that does not end is stopped by who spoke', async () => {
    const asked = model.requests.length
    const id = await say('I run')
    await until('it is asked', () => Promise.resolve(model.requests.length > asked))
    await leader.graph('mutation ($id: ID!) { stopGmTurn(input: { sessionId: $id }) { turn { id } } }', {
      id: sessionId,
    })
    expect((await eventsOf(id)).at(-1)).toMatchObject({ kind: 'ERROR', payload: { code: 'STOPPED' } })
  })

  it('[TAB44] that does not end is ended when its time is up, and the next turn begins', async () => {
    const events = await turn('I stand')
    expect(events.at(-1)).toMatchObject({ kind: 'ERROR', payload: { code: 'API_TIMEOUT' } })
  })

  it('[TAB44] that refuses: the built-in game master answers with what it can do, and says why', async () => {
    const events = await turn('I hide')
    expect(events.at(-1)!.payload['content']).toContain(refusal)
    expect(narrationOf(events)[0]!.payload['content']).toContain('/roll DICE tn NUMBER')
  })
})
