import { readFileSync, statSync } from 'node:fs'
import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { WebSocket } from 'ws'
import type { Client } from 'graphql-ws'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { graphClient, openFeed, type Feed } from '../../../shared/testing/feed.ts'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { freePort } from '../../../shared/testing/start-apart.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const ASK = 'mutation ($input: AskInput!) { ask(input: $input) { turn { id } } }'
const REPORT = 'mutation ($input: ReportTurnEventsInput!) { reportTurnEvents(input: $input) { over } }'
const TASKS = 'subscription { assistantAsked { kind turnId actAs } }'
const TURNS =
  'query ($id: ID!) { assistantSession(id: $id) { turns { nodes { id endedAt events { kind payload } } } } }'

interface Task {
  kind: string
  turnId: string
  actAs: string
}
interface Turns {
  assistantSession: {
    turns: { nodes: { id: string; endedAt: string | null; events: { kind: string; payload: { code?: string } }[] }[] }
  }
}

/** A overlord whose assistant is not started, so that the test is the process that answers. */
let overlord: TestOverlord
let agentToken: string
let client: Client
let tasks: Feed<Task>
let me: TestPerson
let people = 0

const as = (token: string) => ({ headers: { authorization: `Bearer ${token}` }, mayFail: true })
const codeOf = async (token: string, query: string, variables = {}) => {
  const { errors, status } = await overlord.graph(query, variables, as(token))
  return errors?.[0]?.extensions?.code ?? (status === 200 ? null : status)
}
const newChat = async (person: TestPerson) =>
  (
    await person.graph<{ createAssistantSession: { session: { id: string } } }>(
      'mutation { createAssistantSession { session { id } } }',
    )
  ).data.createAssistantSession.session.id
const ask = async (person: TestPerson, sessionId: string, message = 'who is online') =>
  (await person.graph<{ ask: { turn: { id: string } } }>(ASK, { input: { sessionId, message } })).data.ask.turn.id
/** What a browser with this token hears when it opens a socket: the code it is closed with. */
const closedWith = (token: string) =>
  new Promise<number>((resolve) => {
    const socket = new WebSocket(`${overlord.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws')
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token } })))
    socket.on('message', () => resolve(0))
    socket.on('close', resolve)
  })

beforeAll(async () => {
  overlord = await startOverlord({ env: { AGENT: 'off' } })
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "agent", scopes: [AGENT] }) { secret } }',
  )
  agentToken = made.data.createToken.secret
})
afterAll(() => overlord?.[Symbol.asyncDispose]())
beforeEach(async () => {
  client = graphClient(`${overlord.url.replace('http', 'ws')}/graphql`, agentToken)
  tasks = openFeed<Task>(client, TASKS, 'assistantAsked')
  me = await aPerson(overlord, `person ${++people}`)
})
afterEach(async () => {
  await client.dispose()
  await me[Symbol.asyncDispose]()
})

/** A question of mine, and the credential that came with it. */
async function asked() {
  const chat = await newChat(me)
  const turn = await ask(me, chat)
  const task = await tasks.find(({ turnId }) => turnId === turn)
  return { chat, turn, actAs: task.actAs }
}

describe('the agent’s token', () => {
  it('takes questions and reports answers, and may do nothing else', async () => {
    const { turn } = await asked()
    const events = [{ seq: 1, kind: 'DONE', payload: {} }]
    expect(await codeOf(agentToken, REPORT, { input: { turnId: turn, events } })).toBeNull()
    for (const query of ['{ me { name } }', '{ characters { totalCount } }', '{ assistantStatus { driver } }'])
      expect(await codeOf(agentToken, query), query).toBe('FORBIDDEN')
    for (const write of [
      'createAssistantSession { session { id } }',
      'createNote(input: { title: "x" }) { note { id } }',
      'revokeOtherSignIns { revokedCount }',
    ])
      expect(await codeOf(agentToken, `mutation { ${write} }`), write).not.toBeNull()
    expect(await codeOf(agentToken, '{ __schema { queryType { name } } }')).toBe('FORBIDDEN')
    const others = openFeed(client, 'subscription { vitalsChanged { clientAt } }', 'vitalsChanged')
    await until('the refusal', () => others.ended() !== null)
    const look = (where: string) =>
      fetch(`${overlord.url}${where}`, { headers: { authorization: `Bearer ${agentToken}` } }).then(
        ({ status }) => status,
      )
    expect([await look('/metrics'), await look('/icons/'), await look('/live')]).not.toContain(200)
  })

  it('is what nobody else can stand in for', async () => {
    const { turn } = await asked()
    const events = [{ seq: 1, kind: 'DONE', payload: {} }]
    expect(await me.code(REPORT, { input: { turnId: turn, events } })).toBe('FORBIDDEN')
    expect(await codeOf(overlord.token, REPORT, { input: { turnId: turn, events } })).toBe('FORBIDDEN')
    const heard = me.feed(TASKS, 'assistantAsked')
    await until('the refusal', () => heard.ended() !== null)
  })

  it('has no further scope', async () => {
    const { errors } = await overlord.graph(
      'mutation { createToken(input: { name: "both", scopes: [AGENT, READ] }) { secret } }',
      {},
      { mayFail: true },
    )
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT')
  })
})

describe('what acts for somebody', () => {
  it('reads as that person, and neither writes nor follows a stream', async () => {
    const { actAs } = await asked()
    const { data } = await overlord.graph<{ me: { name: string; role: string } }>('{ me { name role } }', {}, as(actAs))
    expect(data.me).toEqual({ name: me.name, role: 'VIEWER' })
    expect(await codeOf(actAs, '{ audit { totalCount } }')).toBe('FORBIDDEN')
    for (const write of [
      'createAssistantSession { session { id } }',
      'saveLayout(input: { name: "x", layout: {} }) { layout { name } }',
    ])
      expect(await codeOf(actAs, `mutation { ${write} }`)).toBe('FORBIDDEN')
    expect(await closedWith(actAs)).toBe(4403)
    const streamed = await fetch(`${overlord.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${actAs}`, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query: 'subscription { vitalsChanged { clientAt } }' }),
    })
    expect(await streamed.text()).toContain('FORBIDDEN')
  })

  it('is nobody once it was tampered with', async () => {
    const { actAs } = await asked()
    for (const forged of [
      `${actAs}x`,
      actAs.replace(/\.(.)/, (_, first: string) => `.${first === 'A' ? 'B' : 'A'}`),
      actAs.slice(0, -8),
    ])
      expect(await codeOf(forged, '{ me { name } }')).toBe('BAD_TOKEN')
  })

  it('is nobody once the turn is over', async () => {
    const { turn, actAs } = await asked()
    expect(await codeOf(actAs, '{ me { name } }')).toBeNull()
    await me.graph('mutation ($id: ID!) { stopTurn(input: { id: $id }) { turn { id } } }', { id: turn })
    expect(await codeOf(actAs, '{ me { name } }')).toBe('BAD_TOKEN')
  })

  it('is nobody once the session that asked was revoked', async () => {
    const { actAs } = await asked()
    const other = await me.again()
    expect(await codeOf(actAs, '{ me { name } }')).toBeNull()
    await other.graph('mutation { revokeOtherSignIns { revokedCount } }')
    expect(await codeOf(actAs, '{ me { name } }')).toBe('BAD_TOKEN')
  })
})

describe('a chat', () => {
  it('of somebody else is not there, for admins either', async () => {
    const chat = await newChat(me)
    const other = await aPerson(overlord, `other ${people}`)
    for (const query of [
      `{ assistantSession(id: "${chat}") { id } }`,
      `mutation { ask(input: { sessionId: "${chat}", message: "x" }) { questionsLeft } }`,
    ]) {
      expect(await other.code(query)).toBe('NOT_FOUND')
      const { errors } = await overlord.graph(query, {}, { mayFail: true })
      expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND')
    }
    const heard = other.feed(`subscription { assistantEvents(sessionId: "${chat}") { id } }`, 'assistantEvents')
    await until('the refusal', () => heard.ended() !== null)
    await other[Symbol.asyncDispose]()
  })
})

describe('a process that answers', () => {
  it('killed in mid-answer leaves one error, and the next one answers', async () => {
    await client.dispose() // only the process hears
    const port = await freePort()
    const start = () =>
      spawn(process.execPath, [path.join(ROOT, 'dist', 'agent', 'main.js')], {
        env: {
          PATH: process.env['PATH'],
          AGENT_PORT: String(port),
          AGENT_TOKEN: agentToken,
          GATEWAY_URL: `${overlord.url}/graphql`,
          LOG_LEVEL: 'warn',
        },
        stdio: 'ignore',
      })
    const ready = () =>
      until('the assistant', async () => {
        const { data } = await me.graph<{ assistantStatus: { available: boolean } }>(
          '{ assistantStatus { available } }',
        )
        return data.assistantStatus.available && (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null))?.ok
      })
    const kill = (child: ChildProcess) =>
      new Promise((resolve) => {
        child.once('exit', resolve)
        child.kill('SIGKILL')
      })
    const chat = await newChat(me)
    const endedTurn = (turn: string) =>
      until('its end', async () => {
        const { data } = await me.graph<Turns>(TURNS, { id: chat })
        return data.assistantSession.turns.nodes.find(({ id, endedAt }) => id === turn && endedAt !== null)
      })
    const ends = (events: readonly { kind: string }[]) => events.filter(({ kind }) => /DONE|ERROR/.test(kind))

    const first = start()
    await ready()
    first.kill('SIGSTOP') // it has been given the question, and gets no further
    const turn = await ask(me, chat)
    await kill(first)
    const { events } = await endedTurn(turn)
    expect(ends(events)).toEqual([
      { kind: 'ERROR', payload: expect.objectContaining({ code: 'AGENT_GONE' }) as unknown },
    ])

    const second = start()
    await ready()
    const next = await endedTurn(await ask(me, chat))
    expect(next.events.map(({ kind }) => kind)).toContain('TOOL_RESULT')
    expect(ends(next.events).map(({ kind }) => kind)).toEqual(['DONE'])
    expect(ends((await endedTurn(turn)).events)).toHaveLength(1)
    await kill(second)
  })
})

describe('Overlord’s own token', () => {
  it('is made once, and is for its user alone to read', async () => {
    await using own = await startOverlord()
    const file = path.join(own.dataDir, 'agent-token')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const secret = readFileSync(file, 'utf8').trim()
    const { data } = await own.graph<{ tokens: { nodes: { name: string; scopes: string[] }[] } }>(
      '{ tokens { nodes { name scopes } } }',
    )
    expect(data.tokens.nodes).toContainEqual({ name: 'assistant (from the settings)', scopes: ['AGENT'] })
    expect(JSON.stringify(data)).not.toContain(secret)
    expect(own.output()).not.toContain(secret)
  })
})
