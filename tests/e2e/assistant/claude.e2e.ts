// The assistant with the program claude: one that behaves as it does, and, where CLAUDE_BIN names it, the real one.
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerTo, textOf } from './answer-to.ts'
import { aPerson, type TestPerson } from '../../../shared/testing/people.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { startStubAnthropic, type StubAnthropic } from '../../../shared/testing/stub-anthropic.ts'
import { until } from '../../../shared/testing/until.ts'

const FAKE = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'testing', 'fake-claude.js')
const REAL = process.env['CLAUDE_BIN']
const STATUS = '{ assistantStatus { driver model available } }'
const binaries: [string, string][] = [
  ['a program that behaves as claude does', FAKE],
  ...(REAL ? [['claude', REAL] as [string, string]] : []),
]

describe.each(binaries)('an assistant with %s', (_, binary) => {
  let model: StubAnthropic
  let overlord: TestOverlord
  let person: TestPerson
  beforeAll(async () => {
    model = await startStubAnthropic([
      { text: 'I look. ', tools: [{ name: 'mcp__overlord__get_live_players', args: {} }] },
      { text: 'There are 1.' },
    ])
    overlord = await startOverlord({
      env: {
        MODEL_DRIVER: 'claude',
        MODEL_BINARY: binary,
        MODEL_KEY: 'a-key',
        MODEL_NAME: 'stub-1',
        MODEL_URL: model.url,
      },
    })
    person = await aPerson(overlord, 'Asker')
    const plugin = await overlord.plugin('Aluvia')
    plugin.send({
      type: 'telemetry',
      character_name: 'Aluvia',
      timestamp: new Date().toISOString(),
      session_id: 'one',
      ew: 1,
      ns: 2,
    })
    await until('she is online', async () => {
      const { data } = await overlord.graph<{ characters: { totalCount: number } }>(
        '{ characters(where: { live: true }) { totalCount } }',
      )
      return data.characters.totalCount === 1
    })
    await until('it is there', async () => {
      const { data } = await person.graph<{ assistantStatus: { available: boolean } }>(STATUS)
      return data.assistantStatus.available
    })
  })
  afterAll(async () => {
    await overlord[Symbol.asyncDispose]()
    await model[Symbol.asyncDispose]()
  })

  it('names it in its status', async () => {
    const { data } = await person.graph<{ assistantStatus: object }>(STATUS)
    expect(data.assistantStatus).toEqual({ driver: 'CLAUDE', model: 'stub-1', available: true })
  })

  it('answers by it, with the tools that it called over MCP as the person', async () => {
    const events = await answerTo(person, 'TOOL: who is online?')
    expect(textOf(events)).toBe('I look. There are 1.')
    expect(events.find(({ kind }) => kind === 'TOOL_CALL')!.payload).toMatchObject({ name: 'get_live_players' })
    expect(events.find(({ kind }) => kind === 'TOOL_RESULT')!.payload).toMatchObject({
      name: 'get_live_players',
      ok: true,
      content: { rows: [{ name: 'Aluvia' }], total: 1 },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'DONE', payload: { reason: 'COMPLETE', driver: 'stub-1' } })
    const names = model.requests[0]?.tools?.map(({ name }) => name) ?? []
    expect(names.filter((name) => !name.startsWith('mcp__overlord__'))).toEqual([])
  })
})

it('an assistant whose program is missing answers by look-up, and says why', async () => {
  await using overlord = await startOverlord({
    env: { MODEL_DRIVER: 'claude', MODEL_BINARY: '/nowhere/claude', MODEL_KEY: 'k' },
  })
  const events = await answerTo(await aPerson(overlord, 'Asker'), 'who is online')
  expect(textOf(events)).toContain('Nobody is online.')
  expect(events.at(-1)!.payload['note']).toContain('not installed')
})
