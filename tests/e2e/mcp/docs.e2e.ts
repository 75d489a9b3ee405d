// Every command and every configuration of the documents for users is run as it stands there; only addresses, tokens
// and folders are those of the test.
import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { answerTo, textOf } from '../assistant/answer-to.ts'
import { aPerson } from '../../../shared/testing/people.ts'
import { postgresEnv } from '../../../shared/testing/ready-cluster.ts'
import { freePort } from '../../../shared/testing/start-apart.ts'
import { startOverlord, type TestOverlord } from '../../../shared/testing/start-overlord.ts'
import { testDatabase } from '../../../shared/testing/test-database.ts'
import { until } from '../../../shared/testing/until.ts'

const ROOT = path.join(import.meta.dirname, '..', '..', '..')
const GATEWAY = 'http://127.0.0.1:4000'
const TOKEN = 'ovl_svc_…'

interface Block {
  language: string
  text: string
}
const blocksOf = (file: string): Block[] =>
  [...readFileSync(path.join(ROOT, 'docs', file), 'utf8').matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(
    ([, language, text]) => ({ language: language!, text: text!.trim() }),
  )
const mcp = blocksOf('mcp.md')
const assistant = blocksOf('assistant.md')
const sql = blocksOf('sql.md')

let overlord: TestOverlord
beforeAll(async () => {
  overlord = await startOverlord({ env: { AGENT: 'off' } })
})
afterAll(() => overlord[Symbol.asyncDispose]())

/** Runs a command of a document in the project's folder, with the data of the overlord. */
async function run(command: string): Promise<string> {
  const env = { PATH: process.env['PATH'], HOME: overlord.dataDir, DATA_DIR: overlord.dataDir, ...postgresEnv }
  return (await promisify(execFile)('sh', ['-c', command], { cwd: ROOT, env })).stdout
}
/** The same text for this overlord. */
const here = (text: string, token = overlord.token) =>
  text.replaceAll(GATEWAY, overlord.url).replaceAll(TOKEN, token).replaceAll('/path/to/overlord', ROOT)
const tokenIn = (said: string) => /ovl_svc_[\w-]+/.exec(said)?.[0] ?? expect.fail(said)

async function toolsOver(transport: unknown): Promise<string[]> {
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(transport as Transport)
  onTestFinished(() => client.close())
  return (await client.listTools()).tools.map(({ name }) => name)
}

describe('docs/mcp.md', () => {
  it('has no block that is not run here', () => {
    expect(mcp.map(({ language }) => language)).toEqual(['', 'json', '', 'json'])
  })

  it('makes a token, with which its configuration for HTTP and its command reach the tools', async () => {
    const token = tokenIn(await run(mcp[0]!.text))
    interface Http {
      mcpServers: { overlord: { type: string; url: string; headers: Record<string, string> } }
    }
    const { type, url, headers } = (JSON.parse(here(mcp[1]!.text, token)) as Http).mcpServers.overlord
    expect(type).toBe('http')
    const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } })
    expect(await toolsOver(transport)).toContain('get_live_players')
    expect(await run(here(mcp[2]!.text, token))).toContain('get_live_players')
  })

  it('has a configuration that starts the server over stdio', async () => {
    interface Stdio {
      mcpServers: { overlord: { command: string; args: string[]; env: Record<string, string> } }
    }
    const { command, args, env } = (JSON.parse(here(mcp[3]!.text)) as Stdio).mcpServers.overlord
    const transport = new StdioClientTransport({
      command,
      args,
      env: { ...env, PATH: process.env['PATH']! },
      stderr: 'ignore',
    })
    expect(await toolsOver(transport)).toContain('get_live_players')
  })
})

describe('docs/assistant.md', () => {
  it('has no block that is not run here', () => {
    expect(assistant.map(({ text }) => text.split('\n').length)).toEqual([2, 1])
  })

  it('makes a token and starts an assistant with it, which answers', async () => {
    const [create, start] = assistant[0]!.text.split('\n') as [string, string]
    const token = tokenIn(await run(create))
    const child = spawn('sh', ['-c', `exec env ${here(start, token)}`], {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], AGENT_PORT: String(await freePort()) },
      stdio: 'ignore',
    })
    onTestFinished(() => void child.kill())
    const person = await aPerson(overlord, 'Asker')
    await until('it is there', async () => {
      const { data } = await person.graph<{ assistantStatus: { available: boolean } }>(
        '{ assistantStatus { available } }',
      )
      return data.assistantStatus.available
    })
    expect(textOf(await answerTo(person, 'who is online'))).toContain('Nobody is online.')
  })

  it('shows what the installation would do', async () => {
    expect(await run(assistant[1]!.text)).toContain('overlord-agent.service')
  })
})

describe('docs/sql.md', () => {
  it('has no block that is not run here', () => {
    expect(sql.map(({ language }) => language)).toEqual(['graphql', 'sql'])
  })

  it('has a question that the graph answers', async () => {
    const { data } = await overlord.graph<{ queryTelemetry: { columns: { name: string }[] } }>(sql[0]!.text)
    expect(data.queryTelemetry.columns.map(({ name }) => name)).toEqual(['character', 'kills'])
  })

  it('has a statement that lets a user make the role', async () => {
    await using database = await testDatabase() // its user has the name that a new database has
    await database.pool.query(sql[1]!.text)
    const { rows } = await database.pool.query("select rolcreaterole from pg_roles where rolname = 'overlord'")
    expect(rows).toEqual([{ rolcreaterole: true }])
  })
})
