#!/usr/bin/env node
// A program that behaves as `claude -p` does, for tests: it refuses arguments that it does not know, reads its question
// from standard input, calls tools of the MCP server of its configuration, and prints stream-json. With the address of
// a model it asks that; without one, words of the question say what it does.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { answer } from './fake-claude-loop.js'

const WITH_VALUE = new Set([
  '--output-format',
  '--mcp-config',
  '--tools',
  '--allowed-tools',
  '--permission-mode',
  '--max-turns',
  '--model',
  '--system-prompt',
])
const FLAGS = new Set([
  '-p',
  '--bare',
  '--verbose',
  '--include-partial-messages',
  '--strict-mcp-config',
  '--no-session-persistence',
  '--disable-slash-commands',
])
const given = {}
const args = process.argv.slice(2)
for (let n = 0; n < args.length; n++) {
  if (WITH_VALUE.has(args[n])) given[args[n]] = args[++n]
  else if (FLAGS.has(args[n])) given[args[n]] = true
  else {
    console.error(`error: unknown option '${args[n]}'`)
    process.exit(1)
  }
}
const question = fs.readFileSync(0, 'utf8')
const print = (value) => process.stdout.write(`${JSON.stringify({ session_id: 'fake', ...value })}\n`)
const delta = (text) =>
  print({ type: 'stream_event', event: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } } })
const result = (over = {}) =>
  print({
    type: 'result',
    subtype: 'success',
    is_error: false,
    num_turns: 2,
    result: 'done',
    usage: { input_tokens: 10, output_tokens: 5 },
    ...over,
  })

const { url, headers } = JSON.parse(fs.readFileSync(given['--mcp-config'], 'utf8')).mcpServers.overlord
const asksModel = Boolean(process.env.ANTHROPIC_BASE_URL)

/** Connects to the MCP server; null when it cannot be reached. */
async function connect() {
  const client = new Client({ name: 'claude-code', version: '2.0.0' })
  try {
    await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }))
    return client
  } catch {
    return null
  }
}

const mcp = asksModel ? await connect() : null
const status = asksModel && !mcp ? 'failed' : 'connected'
print({ type: 'system', subtype: 'init', tools: [], mcp_servers: [{ name: 'overlord', status }] })
if (question.includes('REPORT')) {
  const { mcpServers } = JSON.parse(fs.readFileSync(given['--mcp-config'], 'utf8'))
  delta(JSON.stringify({ given, question, env: process.env, cwd: process.cwd(), mcpServers }))
} else if (asksModel) {
  const end = await answer({
    url: process.env.ANTHROPIC_BASE_URL,
    key: process.env.ANTHROPIC_API_KEY,
    model: given['--model'],
    system: given['--system-prompt'],
    question,
    maxTurns: Number(given['--max-turns']),
    tools: (await mcp?.listTools())?.tools ?? [],
    allowed: given['--allowed-tools'].split(','),
    call: (name, args) => mcp.callTool({ name, arguments: args }),
    print,
  })
  await mcp?.close()
  result(end)
  process.exit(end.is_error ? 1 : 0)
} else delta('Half an ')

if (question.includes('CUT')) process.exit(0)
if (question.includes('GARBAGE')) process.stdout.write('{"type": "assist\n')
if (question.includes('EXIT')) process.exit(3)
if (question.includes('LOGIN')) result({ is_error: true, result: 'Invalid API key · Please run /login' })
else if (question.includes('TURNS')) result({ subtype: 'error_max_turns', is_error: true })
else if (/HANG|ORPHAN/.test(question)) {
  // It ignores a polite end, and so does what it started; or what it started alone.
  if (question.includes('HANG')) process.on('SIGTERM', () => undefined)
  const script = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log(0)"
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] })
  child.stdout.once('data', () => delta(`PIDS ${process.pid} ${child.pid}. In ${process.cwd()}.`))
  setInterval(() => undefined, 1000)
} else if (/FORK|ESCAPE/.test(question)) {
  // What it started holds its output open; in a group of its own, it is not ended with it either.
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], {
    stdio: ['ignore', 'inherit', 'ignore'],
    detached: question.includes('ESCAPE'),
  })
  child.unref()
  delta(`LEFT ${child.pid}.`)
  result()
} else result()
