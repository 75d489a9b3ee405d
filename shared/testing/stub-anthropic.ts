// The Messages interface of Anthropic on this machine: each request with tools is answered by the next step of a
// script.
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Step } from './stub-openai.ts'

type AnthropicStep = Pick<Step, 'text'> & { tools?: { name: string; args: Record<string, unknown> }[] }

interface Asked {
  stream?: boolean
  tools?: { name: string }[]
  messages: unknown[]
}

export interface StubAnthropic extends AsyncDisposable {
  url: string
  /** Requests with tools, oldest first. */
  requests: Asked[]
}

/** Starts it; the last step of the script answers everything after it. Requests without tools are side questions. */
export async function startStubAnthropic(script: readonly AnthropicStep[]): Promise<StubAnthropic> {
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
      answer(response, asked, hasTools ? script[Math.min(nth, script.length) - 1]! : { text: 'ok' }, nth)
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

function answer(response: http.ServerResponse, asked: Asked, { text, tools = [] }: AnthropicStep, nth: number): void {
  const content = [
    ...(text ? [{ type: 'text', text }] : []),
    ...tools.map(({ name, args }, n) => ({ type: 'tool_use', id: `toolu_${nth}_${n}`, name, input: args })),
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
    const isText = 'text' in block
    const empty = isText ? { type: 'text', text: '' } : { ...block, input: {} }
    send('content_block_start', { index, content_block: empty })
    const delta = isText
      ? { type: 'text_delta', text: block.text }
      : { type: 'input_json_delta', partial_json: JSON.stringify((block as { input: unknown }).input) }
    send('content_block_delta', { index, delta })
    send('content_block_stop', { index })
  }
  send('message_delta', { delta: stop, usage: { output_tokens: 5 } })
  send('message_stop', {})
  response.end()
}
