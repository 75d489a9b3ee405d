// The Messages interface of Anthropic on this machine: each request with tools is answered by the next step of a
// script.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Step } from './stub-openai.ts'

interface Asked {
  stream?: boolean
  tools?: { name: string }[]
  messages: unknown[]
  /** A text, or blocks of text. */
  system?: unknown
}

export interface StubAnthropic extends AsyncDisposable {
  url: string
  /** Requests with tools, oldest first. */
  requests: Asked[]
}

/** Starts it; the last step of the script answers everything after it. Requests without tools are side questions. */
export async function startStubAnthropic(script: readonly Step[]): Promise<StubAnthropic> {
  const requests: Asked[] = []
  const server = http.createServer((request, response) => {
    let body = ''
    request.on('data', (bytes: Buffer) => (body += bytes.toString()))
    request.on('end', () => {
      if (!/\/v1\/messages(\?|$)/.test(request.url ?? '')) return void response.writeHead(404).end('{}')
      const asked = JSON.parse(body) as Asked
      const hasTools = Boolean(asked.tools?.length)
      if (hasTools) requests.push(asked)
      const nth = requests.length
      const step = hasTools ? script[Math.min(nth, script.length) - 1]! : { text: 'ok' }
      if (step.status) return refuse(response, step.status)
      answer(response, asked, step, nth)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function refuse(response: http.ServerResponse, status: number): void {
  const error = { type: status === 401 ? 'authentication_error' : 'api_error', message: 'refused' }
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ type: 'error', error }))
}

type Block = { type: 'text'; text: string } | { type: 'tool_use'; id: string; name: string; input: unknown }

function answer(response: http.ServerResponse, asked: Asked, step: Step, nth: number): void {
  const { text, tools = [] } = step
  const content: Block[] = [
    ...(text ? [{ type: 'text' as const, text }] : []),
    ...tools.map(({ name, args }, n) => ({ type: 'tool_use' as const, id: `toolu_${nth}_${n}`, name, input: args })),
  ]
  const usage = { input_tokens: 10, output_tokens: 5 }
  const stop = { stop_reason: tools.length ? 'tool_use' : 'end_turn', stop_sequence: null }
  const message = { id: `msg_${nth}`, type: 'message', role: 'assistant', model: 'stub', usage }
  if (!asked.stream) {
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end(JSON.stringify({ ...message, ...stop, content }))
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const send = (type: string, more: object) =>
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`)
  send('message_start', { message: { ...message, stop_reason: null, stop_sequence: null, content: [] } })
  for (const [index, block] of content.entries()) {
    const empty = block.type === 'text' ? { type: 'text', text: '' } : { ...block, input: {} }
    send('content_block_start', { index, content_block: empty })
    for (const [place, delta] of deltasOf(block).entries()) {
      if (place === step.breakAfter) return void setImmediate(() => response.destroy())
      send('content_block_delta', { index, delta })
    }
    if (step.endless) return goOn(response, () => send('content_block_delta', { index, delta: textDelta('more ') }))
    send('content_block_stop', { index })
  }
  send('message_delta', { delta: stop, usage: { output_tokens: 5 } })
  send('message_stop', {})
  response.end()
}

const textDelta = (text: string) => ({ type: 'text_delta', text })

/** A text word by word; the arguments of a tool in one piece. */
const deltasOf = (block: Block): object[] =>
  block.type === 'text'
    ? (block.text.match(/\S+\s*/g) ?? []).map(textDelta)
    : [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }]

/** Sends again and again until the client closes the connection. */
function goOn(response: http.ServerResponse, send: () => void): void {
  const timer = setInterval(send, 5)
  response.on('close', () => clearInterval(timer))
}
