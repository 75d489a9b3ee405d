// The game's own protocol as a client of it sees it: messages, errors and traces, over a real process.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

type Message = Record<string, unknown> & { type: string }

let overlord: TestOverlord
let leader: TestPerson
let stranger: TestPerson
/** Who has sessions that the lists of others are not about. */
let roamer: TestPerson

beforeAll(async () => {
  overlord = await startOverlord({ env: { LOG_LEVEL: 'info' } })
  leader = await aPerson(overlord, 'Lea')
  stranger = await aPerson(overlord, 'Stan')
  roamer = await aPerson(overlord, 'Rosa')
})
afterAll(async () => {
  for (const person of [leader, stranger, roamer]) await person?.[Symbol.asyncDispose]()
  await overlord?.[Symbol.asyncDispose]()
})

/** A socket of a session, with everything that it received. */
async function connect(person: TestPerson, session: string) {
  const address = `${overlord.url.replace('http', 'ws')}/game/${encodeURIComponent(session)}`
  const ws = new WebSocket(address, { headers: { cookie: person.cookie } })
  const seen: Message[] = []
  ws.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString('utf8')) as Message))
  const find = async (type: string, from = 0) => {
    await until(`a message ${type}`, () => Promise.resolve(seen.slice(from).some((one) => one.type === type)))
    return seen.slice(from).find((one) => one.type === type)!
  }
  await find('system')
  return { ws, seen, find, send: (message: unknown) => ws.send(JSON.stringify(message)) }
}
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${overlord.url}${path}`, { headers: { cookie: leader.cookie, ...headers } })

describe('the socket of a session', () => {
  it('[TAB36] sends a turn as processing, tools, narrative and one complete, in this order', async () => {
    const game = await connect(leader, 'an evening')
    expect(game.seen[0]).toMatchObject({ type: 'system', content: 'Connected to session an evening' })
    game.send({ type: 'add_character', character: 'Switchback' })
    await until('the notice', () => Promise.resolve(game.seen.some((one) => one['content'] === 'Mara Voss was added.')))
    const from = game.seen.length
    game.send({ type: 'chat', message: '/roll 8 tn5' })
    await game.find('complete', from)
    const turn = game.seen.slice(from)
    expect(turn.map(({ type }) => type)).toEqual([
      'processing',
      'tool_execution',
      'tool_result',
      'narrative',
      'complete',
    ])
    expect(turn[1]).toMatchObject({ tools: ['roll_dice'] })
    expect((turn[2]!['result'] as { faces: number[][] }).faces).toHaveLength(8)
    // Everything in it was rolled: nothing is marked.
    expect(turn[3]).not.toHaveProperty('unwitnessed')
    expect(new Set(turn.map((one) => one['trace_id'])).size).toBe(1)
    game.send({ type: 'get_session_info' })
    expect(await game.find('session_info')).toMatchObject({
      session_id: 'an evening',
      characters: ['Mara Voss'],
      message_count: 1,
    })
    game.ws.close()
  })

  it('[TAB80] has the trace of its upgrade, in the answer and in all that its messages cause', async () => {
    const trace = randomUUID()
    const address = `${overlord.url.replace('http', 'ws')}/game/traced`
    const ws = new WebSocket(address, { headers: { cookie: roamer.cookie, 'x-trace-id': trace } })
    const upgraded = once(ws, 'upgrade') as Promise<[IncomingMessage]>
    const seen: Message[] = []
    ws.on('message', (data: Buffer) => seen.push(JSON.parse(data.toString('utf8')) as Message))
    expect((await upgraded)[0].headers['x-trace-id']).toBe(trace)
    await until('the session', () => Promise.resolve(seen.some(({ type }) => type === 'system')))
    ws.send(JSON.stringify({ type: 'chat', message: '/roll 2' }))
    await until('the end', () => Promise.resolve(seen.some(({ type }) => type === 'complete')))
    expect(new Set(seen.map((one) => one['trace_id']))).toEqual(new Set([trace]))
    ws.send('no JSON')
    await until('the refusal', () => Promise.resolve(seen.some(({ type }) => type === 'error')))
    ws.close()
    const logged = () =>
      overlord
        .output()
        .split('\n')
        .filter((line) => line.includes(`"trace":"${trace}"`))
        .join('\n')
    await until('the lines', () => Promise.resolve(logged().includes('refused a message of the game')))
    for (const text of ['opened a socket', 'answered a message', 'narrated a turn']) expect(logged()).toContain(text)
    const other = await connect(roamer, 'traced')
    expect(other.seen[0]!['trace_id']).not.toBe(trace)
    other.ws.close()
  })

  it('[TAB79] adds characters of the caller from other sessions, and those of nobody else', async () => {
    const first = await connect(roamer, 'a first evening')
    const { id } = first.seen[0] as { id?: string } & Message
    const save = `mutation ($input: SaveGmSheetInput!) { saveGmSheet(input: $input) { problems { field } } }`
    const attributes = { body: 3, quickness: 3, strength: 3, charisma: 3, intelligence: 3, willpower: 3 }
    const sheet = { name: 'Jonas Weir', streetName: 'Lantern', archetype: 'Courier', attributes }
    await roamer.graph(save, { input: { sessionId: id, sheet } })
    const second = await connect(roamer, 'a second evening')
    second.send({ type: 'add_character', character: 'lantern' })
    await until('the notice', () =>
      Promise.resolve(second.seen.some((one) => one['content'] === 'Jonas Weir was added.')),
    )
    const other = await connect(stranger, 'an evening of their own')
    other.send({ type: 'add_character', character: 'lantern' })
    expect(await other.find('error')).toMatchObject({ error: { code: 2001 } })
    expect(JSON.stringify(other.seen)).not.toMatch(/Jonas|Lantern/)
    for (const { ws } of [first, second, other]) ws.close()
  })

  it('[TAB37] answers what it cannot read with an error, and stays open', async () => {
    const game = await connect(leader, 'an evening')
    game.ws.send('no JSON')
    expect(await game.find('error')).toMatchObject({ error: { code: 2004, type: 'INVALID_REQUEST' } })
    const from = game.seen.length
    game.send({ type: 'add_character', character: 'Nobody' })
    expect(await game.find('error', from)).toMatchObject({ error: { code: 2001, type: 'CHARACTER_NOT_FOUND' } })
    game.send({ type: 'get_session_info' })
    await game.find('session_info')
    game.ws.close()
  })

  it('[TAB38] never lets anybody into a session of others by its name or id', async () => {
    const own = await connect(leader, 'an evening')
    own.send({ type: 'get_session_info' })
    await own.find('session_info')
    const { id } = own.seen[0] as { id?: string } & Message
    for (const name of ['an evening', id!]) {
      const other = await connect(stranger, name)
      expect(other.seen[0]!['id']).not.toBe(id)
      other.send({ type: 'get_session_info' })
      expect(await other.find('session_info')).toMatchObject({ characters: [], message_count: 0 })
      other.ws.close()
    }
    own.ws.close()
  })
})

describe('the addresses of the game', () => {
  it('[TAB39] take a trace that is a UUID, make one otherwise, and say it in each answer', async () => {
    const trace = randomUUID()
    const answer = await get('/api/characters', { 'x-trace-id': trace })
    expect(answer.headers.get('x-trace-id')).toBe(trace)
    const { characters } = (await answer.json()) as { characters: Record<string, unknown>[] }
    expect(characters[0]).toMatchObject({ name: 'Switchback', full_name: 'Mara Voss', archetype: 'Street Samurai' })
    const made = await get('/api/characters', { 'x-trace-id': 'mine' })
    expect(made.headers.get('x-trace-id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('[TAB40] refuse with a number, a type, the trace and details', async () => {
    expect(await (await get('/api/character/switchback')).json()).toMatchObject({ full_name: 'Mara Voss', magic: 0 })
    const unknown = await get('/api/character/Nobody')
    expect(unknown.status).toBe(404)
    const { error } = (await unknown.json()) as { error: Record<string, unknown> }
    expect(error).toMatchObject({
      code: 2001,
      type: 'CHARACTER_NOT_FOUND',
      message: "Character 'Nobody' not found",
      trace_id: unknown.headers.get('x-trace-id'),
      details: { available_characters: ['Switchback', 'Candle', 'Razor'] },
    })
    const nobody = await fetch(`${overlord.url}/api/characters`)
    expect(nobody.status).toBe(401)
    expect(await nobody.json()).toMatchObject({ error: { code: 2008, type: 'UNAUTHENTICATED' } })
    const wrong = await fetch(`${overlord.url}/api/sessions`, { method: 'PUT', headers: { cookie: leader.cookie } })
    expect(wrong.status).toBe(405)
  })

  it('[TAB73] answer with the sheets of the sessions of the caller, and of no others', async () => {
    const own = await connect(leader, 'an evening')
    const { id } = own.seen[0] as { id?: string } & Message
    own.ws.close()
    const save = `mutation ($input: SaveGmSheetInput!) { saveGmSheet(input: $input) { problems { field message } } }`
    const attributes = { body: 3, quickness: 3, strength: 3, charisma: 3, intelligence: 3, willpower: 3 }
    const sheet = { name: 'Ilse Brandt', streetName: 'Quill', archetype: 'Rigger', attributes }
    await leader.graph(save, { input: { sessionId: id, sheet } })
    expect(await (await get('/api/character/quill')).json()).toMatchObject({ full_name: 'Ilse Brandt', attributes })
    const { characters } = (await (await get('/api/characters')).json()) as { characters: Record<string, unknown>[] }
    expect(characters.at(-1)).toMatchObject({ name: 'Quill', archetype: 'Rigger', character_type: 'Player Character' })
    const other = await fetch(`${overlord.url}/api/character/quill`, { headers: { cookie: stranger.cookie } })
    expect(other.status).toBe(404)
    expect(await other.text()).not.toContain('Ilse')
  })

  it('[TAB41] create sessions and list those of the caller', async () => {
    const made = await fetch(`${overlord.url}/api/sessions`, {
      method: 'POST',
      headers: { cookie: leader.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ session_id: 'my_session' }),
    })
    expect(await made.json()).toMatchObject({ session_id: 'my_session' })
    const { sessions } = (await (await get('/api/sessions')).json()) as { sessions: Record<string, unknown>[] }
    expect(sessions.map((one) => one['title']).sort()).toEqual(['an evening', 'my_session'])
    const listed = sessions.find((one) => one['session_id'] === 'my_session')
    expect(listed).toMatchObject({ title: 'my_session', characters: [], message_count: 0 })
    const game = await connect(leader, 'my_session')
    expect(game.seen[0]!['id']).toBe(listed!['id'])
    game.ws.close()
  })
})
