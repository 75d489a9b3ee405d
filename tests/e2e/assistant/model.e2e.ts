import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubModel, type StubModel } from '../../../shared/testing/stub-openai.ts'
import { answerTo, textOf } from './answer-to.ts'

let model: StubModel
let overlord: TestOverlord
let person: TestPerson
beforeAll(async () => {
  model = await startStubModel([
    { text: 'I look. ', tools: [{ name: 'get_live_players', args: {} }] },
    { text: 'Nobody is online.' },
    { status: 401 },
  ])
  overlord = await startOverlord({
    env: { MODEL_DRIVER: 'openai', MODEL_URL: model.url, MODEL_KEY: 'test', MODEL_NAME: 'stub-1' },
  })
  person = await aPerson(overlord, 'Asker')
})
afterAll(async () => {
  await overlord[Symbol.asyncDispose]()
  await model[Symbol.asyncDispose]()
})

describe('an assistant with a language model', () => {
  it('names it in its status', async () => {
    const { data } = await person.graph<{ assistantStatus: object }>('{ assistantStatus { driver model available } }')
    expect(data.assistantStatus).toEqual({ driver: 'OPENAI_COMPATIBLE', model: 'stub-1', available: true })
  })

  it('answers by it, with the tools it called', async () => {
    const events = await answerTo(person, 'who is online?')
    expect(textOf(events)).toBe('I look. Nobody is online.')
    expect(events.find(({ kind }) => kind === 'TOOL_RESULT')!.payload).toMatchObject({
      ok: true,
      content: { rows: [] },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'DONE', payload: { reason: 'COMPLETE', driver: 'stub-1' } })
  })

  it('answers by look-up when it fails, and says why', async () => {
    const events = await answerTo(person, 'who is online')
    expect(textOf(events)).toContain('Nobody is online.')
    expect(events.at(-1)!.payload['note']).toContain('refused our key')
    expect(overlord.output()).not.toContain('sk-secret')
  })
})
