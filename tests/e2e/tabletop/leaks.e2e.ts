// What each person of a game can read through every door, against what they may: the marks of secrets in all of it.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type StubModel } from '../../../shared/testing/stub-openai.ts'
import { until } from '../../../shared/testing/until.ts'

/** A text that is in one secret alone. */
const MARKS = {
  secretRoll: 'mark-of-a-secret-roll',
  whisper: 'mark-of-a-whisper',
  opponentSheet: 'mark-of-a-weapon',
  keptScene: 'mark-of-a-kept-scene',
  visibility: 'mark-of-a-table',
  narration: 'mark-of-what-a-sheet-says',
} as const
/** Is in a step that everybody sees, as the last of all. */
const END_OF_TRACES = 'mark-of-the-end-of-traces'

let model: StubModel
let overlord: TestOverlord
let people: Record<'leader' | 'player' | 'other' | 'spectator' | 'stranger' | 'admin', TestPerson>
let id: string
let code: string
let secretId: string
let lastEvent: string
/** Ids of everything in the game. */
let ids: string[]

const mutate = async <T>(person: TestPerson, name: string, type: string, input: object, answer: string): Promise<T> => {
  const { data, errors } = await person.graph<Record<string, T>>(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${answer} } }`,
    { input: { sessionId: id, ...input } },
  )
  if (errors) throw new Error(`${name}: ${errors[0]!.message}`)
  return data[name]!
}

async function join(person: TestPerson, role: string): Promise<void> {
  const made = await mutate<{ code: string }>(
    people.leader,
    'inviteToGmSession',
    'InviteToGmSessionInput',
    { role },
    'code',
  )
  code = made.code
  await person.graph('mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id } } }', { code })
}

beforeAll(async () => {
  // It reads the sheet of the opponent, and narrates what is on it.
  model = await startStubModel([
    { tools: [{ name: 'get_character', args: { character: 'Vesna' } }] },
    { text: `She draws a ${MARKS.narration}.` },
  ])
  const env = { MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub-1' }
  overlord = await startOverlord({ env })
  const [leader, player, other, spectator, stranger] = await Promise.all(
    ['Lea', 'Pia', 'Olaf', 'Sven', 'Stan'].map((name) => aPerson(overlord, name)),
  )
  const admin = await aPerson(overlord, 'Ada', 'ADMIN')
  people = { leader: leader!, player: player!, other: other!, spectator: spectator!, stranger: stranger!, admin }
  const made = await leader!.graph<{ createGmSession: { session: { id: string } } }>(
    'mutation { createGmSession(input: { title: "tonight", withSamples: true }) { session { id } } }',
  )
  id = made.data.createGmSession.session.id
  await join(player!, 'PLAYER')
  await join(other!, 'PLAYER')
  await join(spectator!, 'SPECTATOR')
  await fillGame()
}, 60_000)
afterAll(async () => {
  for (const person of Object.values(people ?? {})) await person[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
  await model?.[Symbol.asyncDispose]()
})

/** One secret of each kind. */
async function fillGame(): Promise<void> {
  const { leader, player, other } = people
  const rolled = await mutate<{ roll: { id: string } }>(
    player,
    'rollGmSecretly',
    'RollGmSecretlyInput',
    { dice: 3, purpose: MARKS.secretRoll },
    'roll { id }',
  )
  secretId = rolled.roll.id
  await mutate(player, 'gmWhisper', 'GmWhisperInput', { userId: other.id, message: MARKS.whisper }, '__typename')
  const attributes = { body: 3, quickness: 3, strength: 3, charisma: 3, intelligence: 3, willpower: 3 }
  const weapons = [{ kind: 'melee', name: MARKS.opponentSheet, damage: '(STR)M', reach: 0 }]
  const sheet = { name: 'Vesna', archetype: 'Guard', attributes }
  const save = { sheet: { ...sheet, weapons }, isOpponent: true }
  const answer = await mutate<{ problems: { field: string; message: string }[] }>(
    leader,
    'saveGmSheet',
    'SaveGmSheetInput',
    save,
    'problems { field message }',
  )
  expect(answer.problems).toEqual([])
  const scene = { name: MARKS.keptScene, notes: MARKS.keptScene, isPlayed: false }
  await mutate(leader, 'saveGmScene', 'SaveGmSceneInput', scene, '__typename')
  const eyes = { normal: 1, lowLightCyber: 1, lowLight: 1, thermographicCyber: 1, thermographic: 1 }
  const row = { condition: 'MIST', ...eyes, source: MARKS.visibility }
  await mutate(leader, 'saveGmVisibility', 'SaveGmVisibilityInput', row, '__typename')
  const said = await play('/roll 3 tn4')
  await play('What does she carry?')
  const found = await leader.graph<{ gmSession: Session }>(SESSION, { id })
  const { characters, members, events: past } = found.data.gmSession
  lastEvent = past.nodes.at(-1)!.id
  ids = [id, secretId, said, `${said}.1`, ...characters.map((one) => one.id), ...past.nodes.map((one) => one.id)]
  ids.push(...members.map(({ userId }) => userId))
}

/** A turn of the leader, to its end; gives its id. */
async function play(message: string): Promise<string> {
  const said = await mutate<{ turn: { id: string } }>(people.leader, 'gmSay', 'GmSayInput', { message }, 'turn { id }')
  await until('the end of the turn', async () => {
    const { data } = await people.leader.graph<{ gmSession: { turn: object | null } }>(SESSION, { id })
    return data.gmSession.turn === null
  })
  return said.turn.id
}

interface Session {
  characters: { id: string }[]
  members: { userId: string }[]
  events: { nodes: { id: string }[] }
}

const SESSION = `query ($id: ID!) { gmSession(id: $id) {
  title scene sceneName mapNotes role secretCommitment usedAt turnCount
  scenes { id name notes mapNotes } visibility { condition normal source certainty }
  members { userId name role } initiative { acting }
  characters { id name streetName player isOpponent condition physical stun sheet state pools { pool size left } }
  turn { id message }
  events(first: 200) { totalCount nodes { id turnId kind payload traceId } } } }`

const isMember = (person: TestPerson): boolean => person !== people.stranger && person !== people.admin

/** Everything that somebody reads of the game through queries. */
async function everythingOf(person: TestPerson): Promise<string> {
  const asked = [
    person.graph(SESSION, { id }),
    person.graph(
      '{ gmSessions { nodes { id title characters { name sheet } scenes { name } events { nodes { payload } } } } }',
    ),
    person.graph('query ($id: ID!, $roll: ID!) { gmRoll(sessionId: $id, id: $roll) { purpose faces secret } }', {
      ...{ id, roll: secretId ?? 'none' },
    }),
    ...['JSONL', 'CSV'].map((format) =>
      person.graph(
        'query ($id: ID!, $format: GmDiceLogFormat!) { gmDiceLog(sessionId: $id, format: $format) { text } }',
        { id, format },
      ),
    ),
    person.graph('query ($id: ID!) { gmRecap(sessionId: $id, since: "2020-01-01T00:00:00Z") { lines { text } } }', {
      id,
    }),
    person.graph('query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename } }', { ids: ids ?? [id] }),
    person.graph('{ traceSessions(first: 50) { nodes { player steps { nodes { tool input result } } } } }'),
  ]
  const answers = await Promise.all(asked)
  // A question that the graph does not know would hide a leak.
  if (isMember(person)) expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([])
  return JSON.stringify(answers)
}

/** Everything that somebody receives of the stream, from an event on; the last event of the game is its end. */
async function replayOf(person: TestPerson, afterId: string): Promise<string> {
  await using feed = person.feed<{ id: string }>(
    `subscription ($id: ID!, $afterId: ID) { gmEvents(sessionId: $id, afterId: $afterId) { id kind payload } }`,
    'gmEvents',
    { id, afterId },
  )
  await feed.find((event) => event.id === lastEventId)
  return JSON.stringify(feed.seen)
}
let lastEventId: string

/** The game's own addresses. */
async function addressesOf(person: TestPerson): Promise<string> {
  const headers = { cookie: person.cookie }
  const paths = ['/api/characters', '/api/sessions', '/api/character/Vesna', '/api/character/Ganger']
  const answers = paths.map(async (path) => (await fetch(`${overlord.url}${path}`, { headers })).text())
  return [...(await Promise.all(answers)), await socketOf(person)].join('\n')
}

/** What the socket of the session sends to somebody who asks about it. */
async function socketOf({ cookie }: TestPerson): Promise<string> {
  const ws = new WebSocket(`${overlord.url.replace('http', 'ws')}/game/${id}`, { headers: { cookie } })
  const seen: string[] = []
  ws.on('message', (data: Buffer) => seen.push(data.toString('utf8')))
  ws.on('open', () => ws.send('{"type": "get_session_info"}'))
  await until('the answer', () => Promise.resolve(seen.some((one) => one.includes('session_info'))))
  ws.close()
  return seen.join('\n')
}

/** Stores a step that belongs to nobody, after all those of the game. */
async function reportLastStep(): Promise<void> {
  const { data } = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
  )
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${data.createToken.secret}` }
  const step = { session_id: 'last', player: 'nobody', tool: END_OF_TRACES, input: {}, result: {}, step: 1 }
  const answer = await fetch(`${overlord.url}/trace`, { method: 'POST', headers, body: JSON.stringify(step) })
  expect(answer.status).toBe(202)
}

/** All steps that somebody receives of Mind's Eye, and what each answer says of the session that it is in. */
async function tracesOf(person: TestPerson): Promise<string> {
  await using feed = person.feed<{ tool: string; session: { id: string } }>(
    `subscription { traceSteps(afterId: "0") { tool input result session { id key
      steps { nodes { input result } } } } }`,
    'traceSteps',
  )
  await feed.find(({ tool }) => tool === END_OF_TRACES)
  return JSON.stringify(feed.seen)
}

const MAY: Record<string, (keyof typeof MARKS)[]> = {
  leader: ['secretRoll', 'opponentSheet', 'keptScene', 'visibility', 'narration'],
  player: ['secretRoll', 'whisper'],
  other: ['whisper'],
  spectator: [],
  stranger: [],
  // Who administers the guild is no member of its games.
  admin: [],
}
const MEMBERS = ['leader', 'player', 'other', 'spectator']
const seenIn = (text: string) => Object.entries(MARKS).flatMap(([name, mark]) => (text.includes(mark) ? [name] : []))

describe('a game with secrets', () => {
  it.each(Object.keys(MAY))(
    '[TAB81] shows what is theirs to the %s, through queries, and nothing else',
    async (who) => {
      const text = await everythingOf(people[who as keyof typeof people])
      expect(seenIn(text).sort()).toEqual([...MAY[who]!].sort())
      expect(text).not.toContain(code)
      if (!MEMBERS.includes(who)) expect(text).not.toMatch(/tonight|Mara Voss.*physical|roll 3 tn4/)
    },
  )

  it.each(MEMBERS)('[TAB81] replays to the %s what is theirs', async (who) => {
    const person = people[who as keyof typeof people]
    const { data } = await person.graph<{ gmSession: Session }>(SESSION, { id })
    lastEventId = data.gmSession.events.nodes[0]!.id
    for (const afterId of ['0', lastEvent]) {
      const received = seenIn(await replayOf(person, afterId))
      const streamed: string[] = MAY[who]!.filter((name) => ['secretRoll', 'whisper', 'narration'].includes(name))
      expect(received.sort()).toEqual(streamed.sort())
    }
  })

  it.each(Object.keys(MAY))('[TAB81] has nothing secret at the addresses of the game for the %s', async (who) => {
    const text = await addressesOf(people[who as keyof typeof people])
    const sheets = who === 'leader' ? ['opponentSheet'] : []
    expect(seenIn(text)).toEqual(sheets)
    if (!MEMBERS.includes(who)) expect(text).not.toContain('tonight')
  })

  it("[TAB81] has steps in Mind's Eye for who spoke, with what was read, and for nobody else", async () => {
    const query = '{ traceSessions(first: 50) { nodes { id steps { nodes { result } } } } }'
    const traced = async () => JSON.stringify(await people.leader.graph(query))
    await until('the step is stored', async () => (await traced()).includes(MARKS.opponentSheet))
    const { data } = await people.leader.graph<{ traceSessions: { nodes: { id: string }[] } }>(query)
    await reportLastStep()
    const one = 'query ($id: ID!) { traceSession(id: $id) { key } }'
    for (const [who, person] of Object.entries(people)) {
      expect(seenIn(await tracesOf(person)), who).toEqual(who === 'leader' ? ['opponentSheet'] : [])
      for (const { id } of data.traceSessions.nodes) {
        const found = await person.graph<{ traceSession: object | null }>(one, { id })
        expect(found.data.traceSession !== null, who).toBe(who === 'leader')
      }
    }
  })

  it('[TAB81] is no object by its ids, and lets nobody in by a guess', async () => {
    for (const one of ids.slice(0, 5)) {
      const { data } = await people.stranger.graph<{ node: object | null }>(
        'query ($id: ID!) { node(id: $id) { id } }',
        {
          id: one,
        },
      )
      expect(data?.node ?? null).toBeNull()
    }
    const join = 'mutation ($code: String!) { joinGmSession(input: { code: $code }) { session { id } } }'
    for (const guess of [id, secretId, randomUUID()])
      expect(await people.stranger.code(join, { code: guess })).toBe('NOT_FOUND')
  })
})
