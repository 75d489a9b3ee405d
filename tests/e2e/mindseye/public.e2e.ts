// Mind's Eye without a sign-in: what the public socket sends, and what nobody gets without a token.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { knownCharacter } from '../../../shared/testing/known-character.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { until } from '../../../shared/testing/until.ts'

type Message = Record<string, unknown> & { v: number; type: string }

let overlord: TestOverlord
let secret: string
const open: WebSocket[] = []

beforeAll(async () => {
  overlord = await startOverlord({
    env: {
      WORLD: 'demo',
      PUBLIC_EYE: 'on',
      PUBLIC_EYE_DELAY: '0',
      PUBLIC_EYE_PLACES: 'shown',
      TRUST_PROXY: '1',
      TRACE_FIELDS: 'rcon.exec=command',
    },
  })
  const made = await overlord.graph<{ createToken: { secret: string } }>(
    'mutation { createToken(input: { name: "gateway", scopes: [TRACE] }) { secret } }',
  )
  secret = made.data.createToken.secret
})
afterAll(async () => {
  for (const ws of open) ws.terminate()
  await overlord?.[Symbol.asyncDispose]()
})

/** Watches from an address as a trusted proxy reports it. */
async function watch(from: string, path = '/eye/ws') {
  const headers = { 'x-forwarded-for': from }
  const ws = new WebSocket(overlord.url.replace('http', 'ws') + path, { headers })
  open.push(ws)
  const received: Message[] = []
  ws.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as Message))
  const status = await new Promise<number>((resolve, reject) => {
    ws.once('open', () => resolve(101))
    ws.once('unexpected-response', (_, response) => resolve(response.statusCode!))
    ws.once('error', reject)
  })
  const find = async (fits: (message: Message) => boolean) => {
    await until('a message', () => received.some(fits))
    return received.find(fits)!
  }
  return { ws, status, received, find }
}
const post = (body: object) =>
  fetch(`${overlord.url}/trace`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })

describe('the public socket', () => {
  it('sends the world, its changes, modes and steps to somebody without a sign-in, all with v: 1', async () => {
    const { received, find } = await watch('10.0.0.1')
    const whole = await find(({ type, base }) => type === 'world' && base === null)
    expect((whole['blocks'] as object[]).length).toBeLessThanOrEqual(32 * 32)
    expect((whole['blocks'] as object[]).length).toBeGreaterThan(500)
    const change = await find(({ type, base }) => type === 'world' && base !== null)
    expect(change['base']).toBe((change['seq'] as number) - 1)
    await post({ session_id: 'p', player: 'Marigold', mode: 'sudo', tool: 'world.look', input: { x: 1, z: 2 } })
    await find(({ type, tool, player }) => type === 'trace' && tool === 'world.look' && player === 'Marigold')
    await find(({ type, mode, player }) => type === 'mode' && mode === 'sudo' && player === 'Marigold')
    await find(({ type }) => type === 'heartbeat')
    expect(new Set(received.map(({ v }) => v))).toEqual(new Set([1]))
    // Each change follows the message before it.
    const seqs = received.filter(({ type }) => type === 'world').map(({ seq, base }) => [base ?? seq, seq] as number[])
    for (const [nth, [base]] of seqs.entries()) if (nth > 0) expect(base).toBe(seqs[nth - 1]![1])
  })

  it('shows nothing that is not on the built-in list, whatever viewers are shown', async () => {
    const { find, received } = await watch('10.0.0.2')
    await post({ session_id: 'q', player: 'Marigold', tool: 'rcon.exec', input: { command: 'op me', count: 3 } })
    const { input } = await find(({ type, tool }) => type === 'trace' && tool === 'rcon.exec')
    expect(input).toEqual({ command: '[redacted]', count: 3 })
    expect(JSON.stringify(received)).not.toContain('op me')
    const { data } = await overlord.graph<{ traceSessions: { nodes: { steps: { nodes: { input: unknown }[] } }[] } }>(
      '{ traceSessions(player: "Marigold", first: 100) { nodes { steps { nodes { input } } } } }',
    )
    expect(JSON.stringify(data)).toContain('op me')
  })

  it('has no trace of our own assistant, and opens no other door', async () => {
    const { received, find } = await watch('10.0.0.3')
    const created = 'mutation { createAssistantSession { session { id } } }'
    const { data } = await overlord.graph<{ createAssistantSession: { session: { id: string } } }>(created)
    const input = { sessionId: data.createAssistantSession.session.id, message: 'who is online' }
    await overlord.graph('mutation ($input: AskInput!) { ask(input: $input) { turn { id } } }', { input })
    await until('the step', async () => {
      const answer = await overlord.graph<{ traceSessions: { nodes: { reporter: string; endedAt: unknown }[] } }>(
        '{ traceSessions { nodes { reporter endedAt } } }',
      )
      return answer.data.traceSessions.nodes.some(({ reporter, endedAt }) => reporter === 'Assistant' && endedAt)
    })
    await post({ session_id: 'after', player: 'SwiftWolf', tool: 'world.after' })
    await find(({ type, tool }) => type === 'trace' && tool === 'world.after')
    expect(JSON.stringify(received)).not.toContain('get_live_players')
    for (const path of ['/trace', '/command'])
      expect((await fetch(overlord.url + path, { method: 'POST', body: '{}' })).status).toBe(401)
    expect((await fetch(`${overlord.url}/graphql?query={worlds{name}}`)).status).toBe(401)
    const { errors } = await overlord.graph('subscription { publicTraceSteps { id } }', {}, { mayFail: true })
    expect(errors).toBeDefined()
  })

  it('no longer names a character that hides after its steps were shown, neither to those who come nor to who is there', async () => {
    await knownCharacter(overlord, 'Shy Fox')
    const there = await watch('10.0.1.1')
    await post({ session_id: 'shy', player: 'Shy Fox', tool: 'world.shy' })
    const { id } = await there.find(({ type, player }) => type === 'trace' && player === 'Shy Fox')
    await overlord.graph(
      'mutation { setPlaceShown(input: { character: "Shy Fox", placeShown: HIDDEN }) { ownership { placeShown } } }',
    )
    await until(
      'the step without the name',
      () => there.received.some((message) => message['id'] === id && message['player'] === null),
      30_000,
    )
    const { received, find } = await watch('10.0.1.2')
    await find((message) => message['id'] === id)
    expect(JSON.stringify(received)).not.toContain('Shy Fox')
  })

  it('takes five connections of an address as the proxy reports it, and refuses more with 429', async () => {
    const first = await Promise.all(Array.from({ length: 5 }, () => watch('10.0.0.9')))
    expect(first.every(({ status }) => status === 101)).toBe(true)
    expect((await watch('10.0.0.9')).status).toBe(429)
    expect((await watch('10.0.0.10')).status).toBe(101)
  })
})
