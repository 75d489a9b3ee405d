// Others' clients and their conformance suite, unmodified.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import path from 'node:path'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { installPeers, runPeer } from '../../peers/peers.ts'
import { startFixtures } from './conformance/server.ts'

const SERVER = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'agent', 'mcp-stdio', 'main.js')
const NOT_OFFERED = 'the suite calls a tool that asks the client something; no tool of ours does'

/** Scenarios that fail, and why; all others pass whole. */
const expected: Record<string, Record<string, string>> = {
  '2025-11-25': {
    'logging-set-level': 'log messages to clients are not offered: the revision 2026-07-28 deprecates them',
    'tools-call-with-logging': 'as above',
    'tools-call-sampling': NOT_OFFERED,
    'elicitation-sep1034-defaults': NOT_OFFERED,
    'elicitation-sep1330-enums': NOT_OFFERED,
    'json-schema-2020-12': 'the suite calls a tool whose schema uses keywords that no schema of ours uses',
  },
  '2026-07-28': {
    'server-stateless': 'it calls tools for elicitation, logging and missing capabilities; no tool of ours does these',
    'json-schema-2020-12': 'the suite calls a tool whose schema uses keywords that no schema of ours uses',
    'http-custom-header-server-validation': 'it needs a tool with x-mcp-header; none of ours has one',
    'input-required-result-basic-elicitation': NOT_OFFERED,
    'input-required-result-basic-sampling': NOT_OFFERED,
    'input-required-result-basic-list-roots': NOT_OFFERED,
    'input-required-result-request-state': NOT_OFFERED,
    'input-required-result-multiple-input-requests': NOT_OFFERED,
    'input-required-result-multi-round': NOT_OFFERED,
    'input-required-result-non-tool-request': NOT_OFFERED,
    'input-required-result-result-type': NOT_OFFERED,
    'input-required-result-tampered-state': NOT_OFFERED,
    'input-required-result-capability-check': NOT_OFFERED,
  },
}

beforeAll(() => installPeers())

describe('the conformance suite', () => {
  it.each(Object.entries(expected))('for %s fails only where it asks for what no tool offers', async (spec, known) => {
    await using server = await startFixtures()
    const { stdout } = await runPeer('conformance', [
      'server',
      ...['--url', server.url, '--spec-version', spec, '--suite', 'all'],
    ])
    const results = [...stdout.matchAll(/^([✓✗]) ([\w-]+): (\d+) passed, (\d+) failed$/gm)]
    expect(results.length).toBeGreaterThan(25)
    const failed = results.filter(([, sign]) => sign === '✗').map(([, , name]) => name)
    expect(failed.sort()).toEqual(Object.keys(known).sort())
    console.log(/^Total: .*$/m.exec(stdout)?.[0], spec)
  })
})

describe('the inspector', () => {
  let overlord: TestOverlord
  beforeAll(async () => {
    overlord = await startOverlord({ env: { AGENT: 'off' } })
  })
  afterAll(() => overlord[Symbol.asyncDispose]())

  const overHttp = () => [
    ...['--cli', `${overlord.url}/mcp`, '--transport', 'http'],
    ...['--header', `Authorization: Bearer ${overlord.token}`],
  ]
  const overStdio = () => [
    ...['--cli', process.execPath, SERVER],
    ...['-e', `GATEWAY_URL=${overlord.url}/graphql`, '-e', `MCP_TOKEN=${overlord.token}`],
  ]

  it.each([
    ['HTTP', overHttp],
    ['stdio', overStdio],
  ])('lists the tools and calls one over %s', async (_, connection) => {
    const listed = await runPeer('inspector', [...connection(), '--method', 'tools/list'])
    expect(listed.stderr + listed.stdout).toContain('get_live_players')
    const { tools } = JSON.parse(listed.stdout) as { tools: { name: string }[] }
    expect(tools.length).toBeGreaterThan(12)
    const called = await runPeer('inspector', [
      ...connection(),
      ...['--method', 'tools/call', '--tool-name', 'get_recent_rares', '--tool-arg', 'hours=2'],
    ])
    expect(JSON.parse(called.stdout)).toMatchObject({ structuredContent: { rows: [], total: 0, truncated: false } })
  })
})
