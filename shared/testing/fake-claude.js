#!/usr/bin/env node
// A program that behaves as `claude -p` does, for tests: it refuses arguments that it does not know, reads its question
// from standard input, calls a tool of the MCP server of its configuration, and prints stream-json. Words of the
// question say what else it does.
import { spawn } from 'node:child_process'
import fs from 'node:fs'

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
const said = (...content) => print({ type: 'assistant', message: { role: 'assistant', content } })
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

async function callTool(id, name) {
  const { mcpServers } = JSON.parse(fs.readFileSync(given['--mcp-config'], 'utf8'))
  const { url, headers } = mcpServers.overlord
  said({ type: 'tool_use', id, name: `mcp__overlord__${name}`, input: {} })
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } }),
  })
  const [, json] = /^data: (.*)$/m.exec(await response.text()) ?? []
  const { content, isError } = json
    ? JSON.parse(json).result
    : { content: [{ type: 'text', text: 'refused' }], isError: true }
  const part = { type: 'tool_result', tool_use_id: id, content, is_error: isError ?? false }
  print({ type: 'user', message: { role: 'user', content: [part] } })
  return content[0].text
}

print({ type: 'system', subtype: 'init', tools: [], mcp_servers: [{ name: 'overlord', status: 'connected' }] })
if (question.includes('REPORT')) {
  const { mcpServers } = JSON.parse(fs.readFileSync(given['--mcp-config'], 'utf8'))
  delta(JSON.stringify({ given, question, env: process.env, cwd: process.cwd(), mcpServers }))
} else if (question.includes('TOOL')) {
  delta('I look. ')
  const text = await callTool('tool-1', 'get_live_players')
  delta(`There are ${JSON.parse(text).rows.length}.`)
  said({ type: 'text', text: 'There are …' })
} else delta('Half an ')

if (question.includes('CUT')) process.exit(0)
if (question.includes('GARBAGE')) process.stdout.write('{"type": "assist\n')
if (question.includes('EXIT')) process.exit(3)
if (question.includes('LOGIN')) result({ is_error: true, result: 'Invalid API key · Please run /login' })
else if (question.includes('TURNS')) result({ subtype: 'error_max_turns', is_error: true })
else if (question.includes('HANG')) {
  // It ignores a polite end, and so does what it started.
  process.on('SIGTERM', () => undefined)
  const script = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000)"
  const child = spawn(process.execPath, ['-e', script], { stdio: 'ignore' })
  delta(`PIDS ${process.pid} ${child.pid}.`)
  setInterval(() => undefined, 1000)
} else result()
