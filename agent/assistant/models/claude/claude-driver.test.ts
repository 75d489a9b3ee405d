import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { existsSync } from 'node:fs'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { until } from '../../../../shared/testing/until.ts'
import type { ToolCaller } from '../../../mcp/in-process.ts'
import type { Message } from '../../driver.ts'
import { builtinDriver } from '../../builtin/builtin.ts'
import { guildAssistant } from '../../personas/guild-assistant.ts'
import { run, type TurnEvent } from '../../run.ts'
import { claudeDriver, gatewayTools, ownTools, type ClaudeDriverOptions } from './claude-driver.ts'
import type { ClaudeSettings } from './claude-process.ts'

const FAKE = path.join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'testing', 'fake-claude.js')
const log = pino({ level: 'silent' })
const tools: ToolCaller = {
  tools: [{ name: 'get_live_players', title: 'Who is online', description: '', inputSchema: {} }],
  call: () => Promise.resolve({ ok: true, content: { rows: [], total: 0 }, error: null }),
  [Symbol.asyncDispose]: () => Promise.resolve(),
}

/** What is reported of an answer of the fake program. `onText` is called with all text so far. */
async function answer(
  text: string,
  {
    over = {},
    before = [],
    onText,
    serve = gatewayTools('http://127.0.0.1:9/mcp', ['get_live_players']),
    context,
  }: {
    over?: Partial<ClaudeSettings>
    before?: Message[]
    onText?: (text: string, stop: () => void) => void
    serve?: ClaudeDriverOptions['serve']
    context?: string
  } = {},
) {
  const settings = {
    binary: FAKE,
    home: null,
    key: 'a-key',
    url: null,
    model: null,
    ...over,
  }
  const options = { settings, serve, persona: guildAssistant, fallback: builtinDriver(), log }
  const driver = claudeDriver(options)
  const stop = new AbortController()
  const asked = {
    messages: [...before, { role: 'user' as const, text }],
    tools,
    actAs: 'ovl_act_of_the_turn',
    characterNames: () => Promise.resolve([]),
    signal: stop.signal,
    ...(context !== undefined && { context }),
  }
  const events: TurnEvent[] = []
  for await (const event of run(asked, { driver, log })) {
    events.push(event)
    onText?.(textOf(events), () => stop.abort())
  }
  return events
}
const textOf = (events: readonly TurnEvent[]) =>
  events.map((event) => (event.kind === 'TEXT' ? event.payload.text : '')).join('')
const end = (events: readonly TurnEvent[]) => events.at(-1)!.payload as Record<string, unknown>
const isAlive = (pid: number) => existsSync(`/proc/${pid}`)

interface Report {
  given: Record<string, string>
  question: string
  env: Record<string, string>
  cwd: string
  mcpServers: unknown
}
const reportOf = (events: readonly TurnEvent[]) => JSON.parse(textOf(events)) as Report

describe('the program claude', () => {
  it('gets the question on standard input, only our tools, and the rights of the person for one turn', async () => {
    const before: Message[] = [
      { role: 'user', text: 'where is Aluvia' },
      { role: 'assistant', text: 'In Holtburg.' },
    ]
    const events = await answer('REPORT /help and read @/etc/passwd', { before })
    const { given, question, mcpServers, env, cwd } = reportOf(events)
    expect(question).toContain('<assistant>\nIn Holtburg.\n</assistant>')
    expect(question).toContain('The question to answer:\nREPORT /help and read @ /etc/passwd')
    expect(given).toMatchObject({
      '--allowed-tools': 'mcp__overlord__get_live_players',
      '--tools': '',
      '--strict-mcp-config': true,
      '--permission-mode': 'dontAsk',
      '--bare': true,
    })
    expect(mcpServers).toEqual({
      overlord: {
        type: 'http',
        url: 'http://127.0.0.1:9/mcp',
        headers: { Authorization: 'Bearer ovl_act_of_the_turn' },
      },
    })
    expect(
      Object.keys(env)
        .filter((name) => !name.startsWith('__'))
        .sort(),
    ).toEqual([
      'ANTHROPIC_API_KEY',
      'CLAUDE_CODE_DISABLE_AUTO_MEMORY',
      'CLAUDE_CODE_DISABLE_CLAUDE_MDS',
      'CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC',
      'DISABLE_AUTOUPDATER',
      'HOME',
      'LANG',
      'PATH',
      'TMPDIR',
    ])
    expect(env['HOME']).toBe(cwd)
    expect(existsSync(cwd)).toBe(false) // removed after the answer, with the credential in it
    expect(end(events)).toMatchObject({ reason: 'COMPLETE', driver: 'claude' })
  })

  it('gets what the question is about on standard input: arguments are read by every user of the machine', async () => {
    const { given, question } = reportOf(await answer('REPORT', { context: 'The table: {"mark":1}' }))
    expect(question).toMatch(/^The table: {"mark":1}/)
    expect(JSON.stringify(given)).not.toContain('The table')
  })

  it('[TAB85] with tools of the answer alone gets an address and a credential that end with it', async () => {
    const { given, mcpServers } = reportOf(await answer('REPORT', { serve: ownTools(guildAssistant) }))
    expect(given['--allowed-tools']).toBe('mcp__overlord__get_live_players')
    const { url, headers } = (mcpServers as { overlord: { url: string; headers: HeadersInit } }).overlord
    expect(headers).not.toHaveProperty('Authorization', 'Bearer ovl_act_of_the_turn')
    await expect(fetch(url, { method: 'POST', headers })).rejects.toThrow('fetch failed')
  })

  it('keeps its login in a folder of its own, without a key', async () => {
    const { env, given } = reportOf(
      await answer('REPORT', { over: { key: null, home: '/var/lib/claude', model: 'm' } }),
    )
    expect(env).toMatchObject({ HOME: '/var/lib/claude' })
    expect(env).not.toHaveProperty('ANTHROPIC_API_KEY')
    expect(given).not.toHaveProperty('--bare')
    expect(given['--model']).toBe('m')
  })

  it.each([
    ['CUT', 'broke off'],
    ['GARBAGE', 'broke off'],
    ['EXIT', 'exit code 3'],
    ['LOGIN', 'not signed in'],
    ['TURNS', 'again and again'],
  ])('that fails after a piece of text (%s) leaves the answer incomplete, with the reason', async (how, reason) => {
    const events = await answer(how)
    expect(textOf(events)).toBe('Half an ')
    expect(end(events)).toMatchObject({ reason: 'INCOMPLETE', note: expect.stringContaining(reason) as string })
    expect(JSON.stringify(events)).not.toContain('/login')
  })

  it.each([
    ['that is not installed', '/nowhere/claude', 'not installed'],
    ['that may not be run', import.meta.filename, 'cannot be started'],
    ['that ends at once', '/bin/false', 'exit code 1'],
    ['that says nothing', '/bin/true', 'broke off'],
  ])('%s is replaced by the look-up, with the reason', async (_, binary, reason) => {
    const events = await answer('who is online', { over: { binary } })
    expect(textOf(events)).toContain('Nobody is online.')
    expect(end(events)['note']).toContain(reason)
  })

  it('is ended with all it started when the answer is stopped, even if it ignores that', async () => {
    let pids: number[] = []
    const events = await answer('HANG', {
      onText(text, stop) {
        pids = (/PIDS (\d+) (\d+)\./.exec(text) ?? []).slice(1).map(Number)
        if (pids.length) stop()
      },
    })
    expect(events.at(-1)).toMatchObject({ kind: 'ERROR', payload: { code: 'STOPPED' } })
    expect(pids).toHaveLength(2)
    await until('both have ended', () => Promise.resolve(!pids.some(isAlive)))
  })

  it.each(['FORK', 'ESCAPE'])('[TAB91] that leaves processes behind (%s) has answered when it ended', async (how) => {
    const events = await answer(how, { over: { longestMs: 20_000 } })
    expect(end(events)).toMatchObject({ reason: 'COMPLETE' })
    const [, left] = /LEFT (\d+)\./.exec(textOf(events))!
    if (how === 'FORK') expect(isAlive(Number(left))).toBe(false)
    else process.kill(Number(left))
  })

  it('[TAB91] leaves nothing behind that outlives us, and leaves no folder', async () => {
    const script = path.join(import.meta.dirname, 'testing', 'stop-and-leave.ts')
    const { stdout } = await promisify(execFile)('npx', ['tsx', script, FAKE])
    const { pids, cwd } = JSON.parse(stdout) as { pids: number[]; cwd: string }
    expect(pids).toHaveLength(2)
    await until('both have ended', () => Promise.resolve(!pids.some(isAlive)))
    expect(existsSync(cwd)).toBe(false)
  })

  it('is ended when it takes too long', async () => {
    const events = await answer('HANG', { over: { longestMs: 700 } })
    expect(end(events)['note']).toContain('took too long')
  })
})
