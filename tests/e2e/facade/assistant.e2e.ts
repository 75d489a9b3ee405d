import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type StubModel } from '../../../shared/testing/stub-openai.ts'
import { until } from '../../../shared/testing/until.ts'

let model: StubModel
let overlord: TestOverlord
let person: TestPerson
beforeAll(async () => {
  // The first question is answered, every other one goes on until it is stopped.
  model = await startStubModel([{ text: 'Nobody is online.' }, { text: 'word ', endless: true }])
  overlord = await startOverlord({
    env: { MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub' },
  })
  person = await aPerson(overlord, 'Asker')
  await until('the assistant is there', async () => {
    const { data } = await person.graph<{ assistantStatus: { available: boolean } }>(
      '{ assistantStatus { available } }',
    )
    return data.assistantStatus.available
  })
})
afterAll(async () => {
  await overlord[Symbol.asyncDispose]()
  await model[Symbol.asyncDispose]()
})

const send = (path: string, body: unknown = {}, cookie = person.cookie, signal?: AbortSignal) =>
  fetch(`${overlord.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
const historyOf = async (id: string, cookie = person.cookie) =>
  (await fetch(`${overlord.url}/agent/sessions/${id}/history`, { headers: { cookie } })).json() as Promise<{
    messages: { role: string; text: string; timestamp: string }[]
  }>

describe('the original’s chat', () => {
  it('is healthy for anybody, and else only for who is signed in', async () => {
    expect(await (await fetch(`${overlord.url}/api/agent/health`)).json()).toEqual({ status: 'ok' })
    expect((await send('/agent/sessions/new', {}, '')).status).toBe(401)
  })

  it('answers in a session, whose history only its owner reads', async () => {
    const { session_id } = (await (await send('/api/agent/sessions/new')).json()) as { session_id: string }
    const response = await send('/api/agent/ask', { session_id, message: 'who is online' })
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      result: 'Nobody is online.',
      session_id,
      duration_ms: expect.any(Number) as number,
      num_turns: 1,
      is_error: false,
    })
    const { messages } = await historyOf(session_id)
    expect(messages.map(({ role, text }) => `${role}: ${text}`)).toEqual([
      'user: who is online',
      'assistant: Nobody is online.',
    ])
    await using other = await aPerson(overlord, 'Other')
    expect(await historyOf(session_id, other.cookie)).toEqual({ messages: [] })
  })

  it('refuses what is no session, and a second question with Retry-After; a closed browser stops the work', async () => {
    expect((await send('/agent/ask', { session_id: '../../etc/passwd', message: 'x' })).status).toBe(400)
    expect((await historyOf('not-a-uuid')) as unknown).toMatchObject({ error: { code: 'BAD_USER_INPUT' } })

    const { session_id } = (await (await send('/agent/sessions/new')).json()) as { session_id: string }
    const browser = new AbortController()
    const asking = send('/agent/ask', { session_id, message: 'go on' }, person.cookie, browser.signal).catch(() => null)
    await until('the model writes', () => Promise.resolve(model.requests.length === 2))
    const second = await send('/agent/ask', { session_id, message: 'and this' })
    expect(second.status).toBe(429)
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    browser.abort()
    await asking
    await until('the model is stopped', () => Promise.resolve(model.closed() === 1))
  })
})
