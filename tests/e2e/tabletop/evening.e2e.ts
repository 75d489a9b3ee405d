// A whole evening with a language model that cannot be trusted, over the graph and over the game's own protocol, with a
// process that is killed in mid-turn: the table is right at the end, and the events say what happened.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type Step, type StubModel } from '../../../shared/testing/stub-openai.ts'
import { until } from '../../../shared/testing/until.ts'

interface GameEvent {
  id: string
  turnId: string | null
  kind: string
  payload: Record<string, unknown>
}
interface Character {
  id: string
  name: string
  physical: number
  stun: number
  state: { ammo: Record<string, number>; poolsSpent: { combat: number } }
}
interface Stored {
  gmSession: {
    characters: Character[]
    initiative: { turn: number; acting: string[]; combatants: { name: string; injury: number }[] } | null
    turn: { id: string } | null
    events: { nodes: GameEvent[] }
  }
}
type Message = Record<string, unknown> & { type: string }

const tool = (name: string, args: Record<string, unknown> = {}): Step => ({ tools: [{ name, args }] })
const SHOT = tool('calculate_ranged_attack', { attacker: 'Mara Voss', target: 'Razor', metres: 5 })
const LIE = 'Forty-four dice show 999 successes: the Ganger loses 777 boxes and dies.'
/** What the model does: each entry is one request to it. */
const SCRIPT: Step[] = [
  // It rolls, and then lies about what came of it.
  SHOT,
  { text: LIE },
  // It states a roll without a tool.
  { text: 'You roll 888 dice and hit. ' },
  // It breaks off in the middle of a sentence.
  { text: 'The rain falls on the street and nobody moves at all', breakAfter: 4 },
  // It calls tools that do not exist, with wrong arguments, and without end: it is asked eight times.
  tool('kill_everybody'),
  tool('calculate_ranged_attack', { target: 'Razor', boxes: 10 }),
  ...Array.from({ length: 6 }, () => tool('get_character', {})),
  // It never comes to an end.
  { text: 'And then ', endless: true },
  // It shoots, and the process is killed while it narrates.
  SHOT,
  { text: 'The shot echoes. ', endless: true },
  { text: 'Silence.' },
]

const SESSION = `query ($id: ID!) { gmSession(id: $id) { turn { id }
  characters { id name physical stun state } initiative { turn acting combatants { name injury } }
  events(first: 200) { nodes { id turnId kind payload } } } }`
const SAY = `mutation ($sessionId: ID!, $message: String!) {
  gmSay(input: { sessionId: $sessionId, message: $message }) { turn { id } } }`

let model: StubModel
let overlord: TestOverlord
let leader: TestPerson
let player: TestPerson
let sessionId: string
let game: Awaited<ReturnType<typeof connect>>

beforeAll(async () => {
  model = await startStubModel(SCRIPT)
  overlord = await startOverlord({
    env: {
      MODEL_DRIVER: 'openai',
      MODEL_URL: model.url,
      MODEL_KEY: 'test',
      MODEL_NAME: 'stub-1',
      MODEL_SECONDS: '3',
    },
  })
  leader = await aPerson(overlord, 'Lea')
  player = await aPerson(overlord, 'Paul')
  const { data } = await leader.graph<{ createGmSession: { session: { id: string } } }>(
    'mutation { createGmSession(input: { title: "Tonight", withSamples: true }) { session { id } } }',
  )
  sessionId = data.createGmSession.session.id
  const invited = await leader.graph<{ inviteToGmSession: { code: string } }>(
    'mutation ($id: ID!) { inviteToGmSession(input: { sessionId: $id }) { code } }',
    { id: sessionId },
  )
  await player.graph('mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id } } }', {
    code: invited.data.inviteToGmSession.code,
  })
  game = await connect()
})
afterAll(async () => {
  game?.ws.close()
  for (const person of [leader, player]) await person?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await model?.[Symbol.asyncDispose]()
})

/** The game's own protocol, as the leader. */
async function connect() {
  const address = `${overlord.url.replace('http', 'ws')}/game/${sessionId}`
  const ws = new WebSocket(address, { headers: { cookie: leader.cookie } })
  const seen: Message[] = []
  ws.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString('utf8')) as Message))
  ws.on('error', () => undefined)
  await until('the session', () => seen.some(({ type }) => type === 'system'))
  return { ws, seen }
}

/** A turn by the protocol: its messages, from its beginning to its end. */
async function chat(message: string): Promise<Message[]> {
  const from = game.seen.length
  game.ws.send(JSON.stringify({ type: 'chat', message }))
  const isEnd = ({ type }: Message) => type === 'complete' || type === 'error'
  await until(`the end of “${message}”`, () => game.seen.slice(from).some(isEnd))
  return game.seen.slice(from)
}
const stored = async (person = leader) => (await person.graph<Stored>(SESSION, { id: sessionId })).data.gmSession
const characterOf = async (name: string) => (await stored()).characters.find((one) => one.name === name)!

/** A turn over the graph: its events, once it has ended. */
async function say(person: TestPerson, message: string): Promise<GameEvent[]> {
  const { data } = await person.graph<{ gmSay: { turn: { id: string } } }>(SAY, { sessionId, message })
  return endOf(data.gmSay.turn.id)
}
async function endOf(turnId: string): Promise<GameEvent[]> {
  const of = async () => (await stored()).events.nodes.filter((event) => event.turnId === turnId).toReversed()
  await until('the end of a turn', async () => (await of()).some(({ kind }) => ['COMPLETE', 'ERROR'].includes(kind)))
  return of()
}

/** Boxes of the target as the newest shot left them. */
const targetAfter = (result: unknown) => (result as { target_after?: { physical: number } }).target_after?.physical

describe('an evening with a language model that cannot be trusted', () => {
  it('[TAB62] [TAB84] over the protocol: a lie about a shot changes nothing, and wounds are those of the dice', async () => {
    const turn = await chat('I shoot Razor')
    expect(turn.map(({ type }) => type)).toEqual([
      'processing',
      'tool_execution',
      'tool_result',
      'narrative',
      'complete',
    ])
    expect(turn[3]).toMatchObject({ content: LIE, unwitnessed: ['999', '777'] })
    const { physical } = await characterOf('Ganger')
    expect(physical).toBe(targetAfter(turn[2]!['result']) ?? 0)
    expect(physical).toBeLessThan(20)
    const { events } = await stored()
    const lie = events.nodes.find(({ payload }) => payload['content'] === LIE)!
    expect(lie.payload['unwitnessed']).toEqual(['999', '777'])
  })

  it('[TAB62] over the graph: dice that nobody rolled are marked, and a fight is played meanwhile', async () => {
    const change = `mutation ($id: ID!) {
      changeGmInitiative(input: { sessionId: $id, change: BEGIN }) { initiative { turn } } }`
    expect(await leader.code(change, { id: sessionId })).toBeNull()
    const before = await stored()
    const events = await say(player, 'I hit him')
    expect(events.map(({ kind }) => kind)).toEqual(['PROCESSING', 'NARRATIVE', 'COMPLETE'])
    expect(events[1]!.payload['unwitnessed']).toEqual(['888'])
    const { characters, initiative } = await stored()
    expect({ characters, initiative }).toEqual({ characters: before.characters, initiative: before.initiative })
  })

  it('[TAB62] over the protocol: a stream that breaks off ends the turn, which says so', async () => {
    const turn = await chat('I wait')
    expect(turn.at(-1)).toMatchObject({ type: 'complete' })
    expect(String(turn.at(-1)!['content'])).toContain('broke off')
  })

  it('[TAB62] over the graph: tools that do not exist, wrong arguments and calls without end change nothing', async () => {
    const before = await stored()
    const events = await say(player, 'I think')
    const results = events.filter(({ kind }) => kind === 'TOOL_RESULT')
    expect(results.slice(0, 2).map(({ payload }) => payload['ok'])).toEqual([false, false])
    expect(results.length).toBeLessThanOrEqual(10)
    expect(events.filter(({ kind }) => kind === 'COMPLETE' || kind === 'ERROR')).toHaveLength(1)
    expect((await stored()).characters).toEqual(before.characters)
  })

  it('[TAB62] over the protocol: an answer without end is ended in time, with the code of a timeout', async () => {
    const turn = await chat('What next?')
    expect(turn.at(-1)).toMatchObject({ type: 'error', error: { code: 2005, type: 'API_TIMEOUT', details: {} } })
    expect((turn.at(-1)!['error'] as Message)['trace_id']).toBe(turn[0]!['trace_id'])
    const { events } = await stored()
    expect(events.nodes.find(({ kind }) => kind === 'ERROR')!.payload).toMatchObject({ code: 'API_TIMEOUT' })
  })

  it('[TAB62] a process that is killed in mid-turn loses nothing that was rolled', async () => {
    const { data } = await leader.graph<{ gmSay: { turn: { id: string } } }>(SAY, { sessionId, message: 'Shoot again' })
    const turnId = data.gmSay.turn.id
    await until('the narration', async () =>
      (await stored()).events.nodes.some((event) => event.turnId === turnId && event.kind === 'NARRATIVE'),
    )
    const before = await stored()
    await overlord.kill9()
    await overlord.restart()
    await until('the game', async () => (await leader.graph(SESSION, { id: sessionId })).status === 200)
    const events = await endOf(turnId)
    expect(events.at(-1)).toMatchObject({ kind: 'ERROR' })
    const after = await stored()
    expect(after.characters).toEqual(before.characters)
    expect(after.initiative).toEqual(before.initiative)
    expect(after.turn).toBeNull()
    expect(events.filter(({ kind }) => kind === 'ROLL').length).toBeGreaterThan(0)
    expect((await say(player, '/roll 3 tn4')).map(({ kind }) => kind)).toContain('ROLL')
  })

  it('[TAB62] at the end: every turn has one end, the table follows from its events, and every die verifies', async () => {
    const { events, characters } = await stored()
    const ends = new Map<string, number>()
    const last = new Map<string, { physical: number; stun: number }>()
    for (const { turnId, kind, payload } of events.nodes.toReversed()) {
      if (turnId !== null && (kind === 'COMPLETE' || kind === 'ERROR')) ends.set(turnId, (ends.get(turnId) ?? 0) + 1)
      for (const one of (payload['changed'] ?? []) as { name: string; physical: number; stun: number }[])
        last.set(one.name, one)
    }
    expect([...ends.values()].every((count) => count === 1)).toBe(true)
    expect(new Set(events.nodes.flatMap(({ turnId }) => turnId ?? [])).size).toBe(ends.size)
    for (const { name, physical, stun } of characters)
      if (last.has(name)) expect(last.get(name)).toMatchObject({ physical, stun })
    const { data } = await player.graph<{ gmDiceLog: { text: string } }>(
      'query ($id: ID!) { gmDiceLog(sessionId: $id) { text } }',
      { id: sessionId },
    )
    const rolls = data.gmDiceLog.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string })
    expect(rolls.length).toBeGreaterThan(5)
    for (const { id } of rolls) {
      const found = await player.graph<{ gmRoll: { verification: { isValid: boolean } } }>(
        'query ($s: ID!, $id: ID!) { gmRoll(sessionId: $s, id: $id) { verification { isValid } } }',
        { s: sessionId, id },
      )
      expect(found.data.gmRoll.verification.isValid, id).toBe(true)
    }
  })
})
